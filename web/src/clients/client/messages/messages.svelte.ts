/** Both sides of what was written to and by a client, in one order; each side comes in pages of its own. */
import { api, query } from '../../../core/api.ts';
import type { Id, Page } from '../../../core/types.ts';
import { Listing } from '../../../ui/listing.svelte.ts';
import type { Message, Received, Sent } from './types.ts';

export class Messages {
  readonly sent: Listing<Sent>;
  readonly received: Listing<Received>;

  constructor(readonly client: Id) {
    this.sent = new Listing((cursor) => api.get<Page<Sent>>(query(`/clients/${client}/communications`, { cursor })));
    this.received = new Listing((cursor) => api.get<Page<Received>>(query(`/clients/${client}/inbound`, { cursor })));
  }

  ready = $derived.by(() => this.sent.ready && this.received.ready);
  busy = $derived.by(() => this.sent.busy || this.received.busy);
  error = $derived.by(() => this.sent.error ?? this.received.error);
  more = $derived.by(() => Boolean(this.sent.next ?? this.received.next));
  shown = $derived.by(() => merged(this.sent.items.map(ofSent), Boolean(this.sent.next), this.received.items.map(ofReceived), Boolean(this.received.next)));

  load = async (): Promise<void> => {
    await Promise.all([this.sent.restart(), this.received.restart()]);
    // Who looks has read it; that it could not be noted is nothing to bother them with.
    if (this.received.items.some(({ read_at }) => !read_at)) await api.put(`/clients/${this.client}/inbound/read`).catch(() => undefined);
  };

  /** The next page of the side that holds back what is older. */
  readMore = (): Promise<void> => {
    const [sent, received] = [oldest(this.sent.items.map(ofSent)), oldest(this.received.items.map(ofReceived))];
    if (!this.received.next) return this.sent.more();
    return this.sent.next && sent >= received ? this.sent.more() : this.received.more();
  };
}

const ofSent = (sent: Sent): Message => ({ kind: 'sent', key: `${sent.communication_id} ${sent.channel}`, at: sent.not_before, sent });
const ofReceived = (received: Received): Message => ({ kind: 'received', key: received.id, at: received.received_at, received });
const oldest = (messages: Message[]) => (messages.length ? Math.min(...messages.map(({ at }) => Date.parse(at))) : Infinity);

/** Newest first, down to where one side may have more that was not read yet. */
export function merged(sent: Message[], moreSent: boolean, received: Message[], moreReceived: boolean): Message[] {
  const floor = Math.max(moreSent ? oldest(sent) : -Infinity, moreReceived ? oldest(received) : -Infinity);
  return [...sent, ...received].filter(({ at }) => Date.parse(at) >= floor).sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}
