/** What waits for an employee in the document systems, for its page and for the count in the navigation. */
import { live } from '../core/live/live.svelte.ts';
import { employed } from '../core/roles.ts';
import { session } from '../core/session.svelte.ts';
import type { Id } from '../core/types.ts';
import { documents } from './api.ts';
import type { Acknowledgement, Waiting, WaitingDocument } from './types.ts';

/** Systems tell nothing by themselves: they are asked again after so many milliseconds. */
const PULSE = 300_000;

export class WaitingDocuments {
  #found = $state.raw<Waiting | null>(null);
  error = $state.raw<unknown>(null);
  /** Whose it is: nobody else is to see it. */
  #of = $state.raw<Id | null>(null);
  #asked = 0;
  #at = -Infinity;
  #ask: (unasked: boolean) => Promise<Waiting>;

  constructor(ask = documents.waiting) {
    this.#ask = ask;
  }

  get found(): Waiting | null {
    return session.me?.id === this.#of ? this.#found : null;
  }

  /** Whether there is any system to be asked. */
  get registered(): boolean {
    return (this.found?.systems ?? 0) > 0;
  }

  get count(): number {
    return this.found?.items.length ?? 0;
  }

  /** Asks the systems; `unasked`: nobody looks at the answer. An older answer replaces no newer one. */
  async refresh(unasked = false): Promise<void> {
    const asked = ++this.#asked;
    const me = session.me?.id ?? null;
    if (me !== this.#of) [this.#of, this.#found, this.error] = [me, null, null];
    if (!employed(session.me)) return void (this.#found = null);
    this.error = null;
    this.#at = performance.now();
    try {
      const found = await this.#ask(unasked);
      if (asked === this.#asked) this.#found = found;
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    }
  }

  /** Keeps itself up to date for as long as somebody looks. */
  follow(): () => void {
    const look = () => !document.hidden && this.registered && performance.now() - this.#at >= PULSE && void this.refresh(true);
    const timer = setInterval(look, PULSE / 10);
    document.addEventListener('visibilitychange', look);
    const leave = live.onWelcome(() => this.refresh(true));
    void this.refresh(true);
    return () => {
      leave();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }

  /** What was acknowledged waits no more; what is to be signed goes on waiting, acknowledged. */
  done({ link, version, status }: WaitingDocument['document'], given: Acknowledgement): void {
    const { found } = this;
    if (!found) return;
    const same = ({ document: each }: WaitingDocument) => each.link === link && each.version === version;
    const items = status === 'to_sign' ? found.items.map((each) => (same(each) ? { ...each, document: { ...each.document, ...given } } : each)) : found.items.filter((each) => !same(each));
    this.#found = { ...found, items };
  }
}

export const waiting = new WaitingDocuments();
