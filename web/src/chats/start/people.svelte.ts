/** Colleagues as they are looked for: found while one types, and before that those one has at hand. */
import { session } from '../../core/session.svelte.ts';
import type { Card, Id } from '../../core/types.ts';
import { contactApi, directory } from '../../colleagues/api.ts';
import { Listing } from '../../ui/listing.svelte.ts';
import { SearchWords } from '../../ui/search.svelte.ts';

/** Somebody to choose: a card with what tells people of one name apart. */
export interface Person extends Card {
  title: string;
  department: string;
}

export class PeopleSearch {
  readonly words = new SearchWords(() => void this.found.restart());
  readonly found: Listing<Person>;
  #asked = '';
  /** One's contact list, favourites first; shown while nothing is typed. */
  #contacts = $state.raw<Person[]>([]);

  constructor() {
    this.found = new Listing((cursor) => directory.search((this.#asked = this.words.words), null, cursor));
    void this.found.restart();
    contactApi
      .list()
      .then(({ items }) => (this.#contacts = items.map(({ person }) => person)))
      // Without it the directory is there all the same.
      .catch(() => undefined);
  }

  /** Whether those who are shown answer to what is typed now. */
  get current(): boolean {
    return !this.found.busy && !this.found.error && this.#asked === this.words.words;
  }

  /** Who can be chosen, oneself and those left out. */
  people(without: readonly Id[]): Person[] {
    const contacts = this.words.words.trim() ? [] : this.#contacts;
    const listed = new Set(contacts.map(({ id }) => id));
    return [...contacts, ...this.found.items.filter(({ id }) => !listed.has(id))].filter(({ id }) => id !== session.me?.id && !without.includes(id));
  }
}
