/** Where links to documents lead: asked for when the first link is shown, so that all others cost nothing. */
import { live } from '../core/live/live.svelte.ts';
import { session } from '../core/session.svelte.ts';
import type { Id } from '../core/types.ts';
import { documents } from './api.ts';

/** After so many milliseconds a link asks again: a system may have been registered. */
const FRESH = 300_000;

export class Origins {
  #known = $state.raw<ReadonlySet<string>>(new Set());
  #asked = -Infinity;
  #of: Id | undefined;
  #ask: () => Promise<{ origins: string[] }>;

  constructor(ask = documents.origins) {
    this.#ask = ask;
  }

  /** Those of some links that may lead to documents, each once. */
  among(links: string[]): string[] {
    return [...new Set(links)].filter((link) => this.#known.has(originOf(link)));
  }

  /** Asks for the origins unless they are fresh and this person's; what cannot be asked is asked with the next link. */
  async learn(): Promise<void> {
    const me = session.me?.id;
    if (me !== this.#of) this.forget();
    if (!me || performance.now() - this.#asked < FRESH) return;
    this.#of = me;
    this.#asked = performance.now();
    try {
      const { origins } = await this.#ask();
      if (this.#of === me) this.#known = new Set(origins);
    } catch {
      this.#asked = -Infinity;
    }
  }

  /** What is known may be another person's, or old. */
  forget(): void {
    this.#known = new Set();
    this.#asked = -Infinity;
    this.#of = undefined;
  }

  /** Asks again with the next link. */
  doubt(): void {
    this.#asked = -Infinity;
  }
}

function originOf(link: string): string {
  try {
    return new URL(link).origin;
  } catch {
    return '';
  }
}

export const origins = new Origins();
live.onWelcome(async () => origins.doubt());
