/** The recipients of a communication that fit a filter, and the time lines of those that were opened. */
import { SvelteMap } from 'svelte/reactivity';
import type { Id } from '../../core/types.ts';
import { Listing } from '../../ui/listing.svelte.ts';
import { communications } from '../api.ts';
import type { Channel, Recipient, Status } from '../types.ts';
import { reports, type RecipientDetails } from './api.ts';

export const keyOf = ({ client_id, channel }: Pick<Recipient, 'client_id' | 'channel'>) => `${client_id} ${channel}`;

export class RecipientList {
  channel = $state<Channel | ''>('');
  status = $state<Status | ''>('');
  readonly listing: Listing<Recipient>;
  /** By recipient; an error stands in the place of a details that could not be read. */
  readonly opened = new SvelteMap<string, { details: RecipientDetails | null; error: unknown }>();

  constructor(readonly id: Id) {
    this.listing = new Listing((cursor) => communications.recipients(id, { channel: this.channel, status: this.status }, cursor));
  }

  show(channel: Channel | '', status: Status | ''): void {
    [this.channel, this.status] = [channel, status];
    void this.listing.restart();
  }

  /** Reads what is shown anew, with what is opened of those to whom something has happened. */
  async refresh(): Promise<void> {
    const { listing } = this;
    if (!listing.ready) return listing.restart();
    const before = new Map(listing.items.map((each) => [keyOf(each), each.status]));
    await listing.refresh();
    for (const each of listing.items) {
      const key = keyOf(each);
      if (this.opened.has(key) && before.get(key) !== each.status) void this.read(each);
    }
  }

  toggle(recipient: Recipient): void {
    const key = keyOf(recipient);
    if (this.opened.delete(key)) return;
    this.opened.set(key, { details: null, error: null });
    void this.read(recipient);
  }

  read = async (recipient: Recipient): Promise<void> => {
    const key = keyOf(recipient);
    const say = (details: RecipientDetails | null, error: unknown) => this.opened.has(key) && this.opened.set(key, { details, error });
    try {
      say(await reports.recipient(this.id, recipient.client_id, recipient.channel), null);
    } catch (error) {
      say(null, error);
    }
  };
}
