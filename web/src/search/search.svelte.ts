/** One search: the first page of each kind at once, and more of one on demand. */
import { api, query } from '../core/api.ts';
import type { Page } from '../core/types.ts';
import { KINDS, type Kind, type Results, type Sort } from './types.ts';

const PAGE = 20;

export class Search {
  results = $state.raw<Results | null>(null);
  busy = $state(false);
  /** Of which kind the next page is on its way. */
  adding = $state<Kind | null>(null);
  error = $state.raw<unknown>(null);
  /** Why the next page did not come; what was found stays. */
  moreError = $state.raw<unknown>(null);
  /** What the results answer. */
  answered = $state.raw('');
  #asked = 0;

  /** Asks anew; what is shown stays until the answer comes. A later call overtakes an earlier one. */
  async ask(q: string, sort: Sort): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    this.moreError = null;
    this.adding = null;
    if (!q.trim()) {
      [this.results, this.busy, this.answered] = [null, false, ''];
      return;
    }
    this.busy = true;
    try {
      const found = await api.get<Results>(query('/search', { q, sort, in: KINDS.join(), limit: PAGE }));
      if (asked === this.#asked) [this.results, this.answered] = [found, q];
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  async more(kind: Kind, sort: Sort): Promise<void> {
    const asked = this.#asked;
    const held = this.results?.[kind];
    if (!held?.next || this.adding) return;
    this.adding = kind;
    this.moreError = null;
    try {
      const found = (await api.get<Results>(query('/search', { q: this.answered, sort, in: kind, cursor: held.next, limit: PAGE })))[kind];
      if (asked === this.#asked && found && this.results) this.results = { ...this.results, [kind]: { items: [...held.items, ...found.items] as never, next: found.next } satisfies Page<never> };
    } catch (error) {
      if (asked === this.#asked) this.moreError = error;
    } finally {
      if (asked === this.#asked) this.adding = null;
    }
  }
}
