/** Single messages of one side that words were found in; the server searches all sides of a person together. */
import { api, query } from '../../core/api.ts';
import { asCustomer, isTwoSided } from '../../core/feed/sides.ts';
import type { SearchHit } from '../../core/conversationTypes.ts';
import type { Id, Page } from '../../core/types.ts';
import { Listing } from '../../ui/listing.svelte.ts';

const PAGE = 20;
/** How many pages of the other sides' messages are passed over before the reader decides. */
const PATIENCE = 4;

export class Hits {
  readonly listing: Listing<SearchHit>;
  items: SearchHit[] = $derived.by(() => this.listing.items.filter(({ conversation }) => this.#belongs(conversation)));

  constructor(
    readonly q: string,
    readonly side: 'customer' | Id,
  ) {
    this.listing = new Listing(async (cursor) => (await api.get<{ messages: Page<SearchHit> }>(query('/search', { q, cursor, limit: PAGE }))).messages);
  }

  load = async (): Promise<void> => {
    await this.listing.restart();
    for (let turn = 0; turn < PATIENCE && !this.items.length && this.listing.next && !this.listing.error; turn++) await this.listing.more();
  };

  #belongs(conversation: SearchHit['conversation']): boolean {
    return this.side === 'customer' ? asCustomer(conversation) : isTwoSided(conversation) && conversation.my_party === this.side;
  }
}
