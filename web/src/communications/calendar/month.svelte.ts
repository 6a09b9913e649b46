/** What is sent in a month, with the days around it that stand in its weeks. */
import { momentOf } from '../../i18n/localTime.ts';
import { communications } from '../api.ts';
import type { Summary } from '../types.ts';
import { dayAfter } from './days.ts';

const MOST_PAGES = 5;

/** The moment at which a communication stands in the calendar. */
export const shownAt = (each: Summary): string | null => each.send_at ?? each.started_at ?? each.starts_at;

export class Month {
  items = $state.raw<Summary[]>([]);
  ready = $state(false);
  /** There are more than were read. */
  cut = $state(false);
  error = $state.raw<unknown>(null);
  #asked = 0;

  /** Reads from the first to the last day; a later call overtakes an earlier one. */
  async read(first: string, last: string, zone: string): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    const from = momentOf(`${first}T00:00`, zone) ?? undefined;
    const until = momentOf(`${dayAfter(last, 1)}T00:00`, zone) ?? undefined;
    try {
      let found: Summary[] = [];
      let cursor: string | null = null;
      for (let page = 0; page === 0 || (cursor && page < MOST_PAGES); page++) {
        const answer = await communications.list({ from, until, limit: 100 }, cursor);
        if (asked !== this.#asked) return;
        found = [...found, ...answer.items];
        cursor = answer.next;
      }
      [this.items, this.cut, this.ready] = [found, cursor !== null, true];
    } catch (error) {
      if (asked === this.#asked) this.error = error;
    }
  }
}
