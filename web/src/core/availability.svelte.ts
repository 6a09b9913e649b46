/**
 * Whether the server can serve: it may still answer while its database does not. Begins with a request that was turned
 * away for that, and asks again until one is answered.
 */
import { api, onUnavailable } from './api.ts';

const FIRST = 2_000;
type Listener = () => void;

export class Availability {
  /** True while the server says that it cannot serve. */
  away = $state(false);

  #asked = false;
  #listeners = new Set<Listener>();
  #ask: () => Promise<unknown>;

  /** `ask` makes a request that needs the database. */
  constructor(ask: () => Promise<unknown>) {
    this.#ask = ask;
  }

  /** Calls back when the server can serve again. */
  onBack(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The server could not serve; it named the seconds after which to ask again. */
  lost(seconds: number | null): void {
    this.away = true;
    if (this.#asked) return;
    this.#asked = true;
    setTimeout(() => void this.#look(seconds), seconds === null ? FIRST : seconds * 1000);
  }

  async #look(seconds: number | null): Promise<void> {
    this.#asked = false;
    try {
      await this.#ask();
    } catch {
      return this.lost(seconds);
    }
    this.away = false;
    for (const listener of this.#listeners) listener();
  }
}

export const availability = new Availability(() => api.get('/instance', { unasked: true }));
onUnavailable((seconds) => availability.lost(seconds));
