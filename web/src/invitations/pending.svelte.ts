/** The invitations of a partner, or to administrate, that nobody has accepted yet. */
import { api, query } from '../core/api.ts';
import { Listing } from '../ui/listing.svelte.ts';
import type { Invitation, Invitations } from './types.ts';

export class PendingInvitations {
  /** Whether a gateway takes e-mail: without one nobody hears of an invitation. */
  carriesMail = $state(true);
  readonly listing: Listing<Invitation>;
  #address: string;

  /** `address` is where they are in the API. */
  constructor(address: string) {
    this.#address = address;
    this.listing = new Listing(async (cursor) => {
      const found = await api.get<Invitations>(query(address, { cursor }));
      this.carriesMail = found.carries_mail;
      return found;
    });
  }

  get items(): Invitation[] {
    return this.listing.items;
  }

  get error(): unknown {
    return this.listing.error;
  }

  load = (): Promise<void> => this.listing.restart();

  /** A link to send by hand; one that was shown before ends. */
  link = async ({ id }: Invitation): Promise<string> => (await api.post<{ link: string }>(`${this.#address}/${id}/links`)).link;

  async withdraw({ id }: Invitation): Promise<void> {
    await api.delete(`${this.#address}/${id}`);
    await this.load();
  }
}

/** Whether an answer is an invitation: the address was not proved, so that an e-mail has to do it. */
export function isInvitation(answer: object): answer is Invitation {
  return 'mailed_at' in answer;
}
