/** One's own presence: what was set by hand, kept in step with one's other devices. */
import { live } from '../core/live/live.svelte.ts';
import type { ChosenStatus, OwnPresence } from '../core/presenceTypes.ts';
import { session } from '../core/session.svelte.ts';
import type { Iso } from '../core/types.ts';
import { presenceApi } from './api.ts';

class Own {
  /** Null until it was read, and for who is no employee. */
  current = $state.raw<OwnPresence | null>(null);
  /** Why the last change was not taken. */
  failure = $state.raw<unknown>(null);
  /** Counts what was asked: an answer to an earlier question is older. */
  #asked = 0;

  constructor() {
    live.on('presence', ({ people }) => people.some(({ id }) => id === session.me?.id) && void this.load());
    session.onSignedOut(() => this.#clear());
  }

  /** Reads it afresh; what is shown stays until the answer comes. */
  async load(): Promise<void> {
    if (this.current && this.current.id !== session.me?.id) this.#clear();
    await this.#take(presenceApi.own).catch(() => undefined);
  }

  /** Sets a status by hand at once; one that is not taken is taken back, with the reason. */
  async choose(status: ChosenStatus | null, until: Iso | null = null): Promise<void> {
    const before = this.current;
    this.failure = null;
    if (before) this.current = { ...before, chosen: status, status: status ?? (before.status === 'offline' ? 'offline' : 'available'), until };
    try {
      await this.#take(() => presenceApi.setStatus(status, until));
    } catch (error) {
      this.current = before;
      this.failure = error;
    }
  }

  /** Takes over the answer of the dialog. */
  put(own: OwnPresence): void {
    this.#asked += 1;
    this.current = own;
  }

  async #take(ask: () => Promise<OwnPresence>): Promise<void> {
    const asked = ++this.#asked;
    const own = await ask();
    if (asked === this.#asked) this.current = own;
  }

  #clear(): void {
    this.#asked += 1;
    this.current = null;
    this.failure = null;
  }
}

export const own = new Own();
