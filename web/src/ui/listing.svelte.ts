/** A list that the server hands out in pages: first page, more on demand, and what went wrong on the way. */
import type { Page } from '../core/types.ts';

/** Whoever has read further than so many pages is not read all of them anew. */
const MOST_REFRESHED = 5;

export class Listing<T> {
  items = $state<T[]>([]);
  next = $state.raw<string | null>(null);
  /** True once the first page has come. */
  ready = $state(false);
  busy = $state(false);
  error = $state.raw<unknown>(null);
  #read: (cursor: string | null) => Promise<Page<T>>;
  #asked = 0;
  #pages = 0;

  constructor(read: (cursor: string | null) => Promise<Page<T>>) {
    this.#read = read;
  }

  /** Reads from the start; what is shown stays until the answer comes. A later call overtakes an earlier one. */
  restart = (): Promise<void> => this.#ask(null);

  more = (): Promise<void> => this.#ask(this.next);

  /** Reads what is shown anew and shows it in one piece, quietly: when that fails, what was there stays. */
  refresh = async (): Promise<void> => {
    if (!this.ready || this.busy || this.#pages > MOST_REFRESHED) return;
    const asked = ++this.#asked;
    let items: T[] = [];
    let next: string | null = null;
    try {
      for (let page = 0; page === 0 || (next && page < this.#pages); page++) {
        const found: Page<T> = await this.#read(next);
        if (asked !== this.#asked) return;
        items = [...items, ...found.items];
        next = found.next ?? null;
      }
    } catch {
      return;
    }
    [this.items, this.next] = [items, next];
  };

  async #ask(cursor: string | null): Promise<void> {
    const asked = ++this.#asked;
    this.busy = true;
    this.error = null;
    try {
      const page = await this.#read(cursor);
      if (asked !== this.#asked) return;
      this.items = cursor ? [...this.items, ...page.items] : page.items;
      this.next = page.next ?? null;
      this.#pages = cursor ? this.#pages + 1 : 1;
      this.ready = true;
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }
}
