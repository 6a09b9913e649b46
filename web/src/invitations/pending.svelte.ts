/** The invitations of a partner, or to administrate, that nobody has accepted yet. */
import { api } from '../core/api.ts';
import type { Invitation, Invitations } from './types.ts';

export class PendingInvitations {
  items = $state<Invitation[]>([]);
  /** Whether a gateway takes e-mail: without one nobody hears of an invitation. */
  carriesMail = $state(true);
  error = $state.raw<unknown>(null);
  #address: string;

  /** `address` is where they are in the API. */
  constructor(address: string) {
    this.#address = address;
  }

  load = async (): Promise<void> => {
    try {
      const found = await api.get<Invitations>(this.#address);
      this.items = found.items;
      this.carriesMail = found.carries_mail;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  };

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
