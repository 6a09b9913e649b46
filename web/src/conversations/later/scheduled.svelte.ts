/** What the reader sends later, the same on all their devices: read when it is first shown, and anew after each news of it. */
import { api } from '../../core/api.ts';
import { newKey } from '../../core/keys.ts';
import type { Message } from '../../core/conversationTypes.ts';
import type { FileInfo, Id } from '../../core/types.ts';
import { OwnList } from './ownList.svelte.ts';
import type { Scheduled, ScheduledMessage } from './types.ts';

export interface NewScheduled {
  text: string;
  attachments: FileInfo[];
  send_at: string;
  mentions?: Id[];
  mentions_all?: boolean;
  reply_to?: Id;
}
export type ScheduledChange = Partial<Pick<ScheduledMessage, 'text' | 'send_at' | 'mentions' | 'mentions_all'>>;

class ScheduledMessages {
  readonly list = new OwnList<ScheduledMessage>('scheduled_messages', () => api.get<Scheduled>('/scheduled-messages', { unasked: true }));

  in(conversation: Id): ScheduledMessage[] {
    return this.list.items.filter((item) => item.conversation_id === conversation);
  }

  async add(conversation: Id, { attachments, ...message }: NewScheduled, key = newKey()): Promise<void> {
    const body = { ...message, attachments: attachments.map(({ id }) => id) };
    const made = await api.post<ScheduledMessage>(`/conversations/${conversation}/scheduled-messages`, body, { key });
    this.#put(made);
  }

  async change(item: ScheduledMessage, change: ScheduledChange, key: string): Promise<void> {
    this.#put(await api.patch<ScheduledMessage>(`/scheduled-messages/${item.id}`, change, { key }));
  }

  async cancel(item: ScheduledMessage): Promise<void> {
    await api.delete(`/scheduled-messages/${item.id}`, undefined, { key: newKey() });
    this.list.drop((other) => other.id === item.id);
  }

  /** The message that it becomes comes over the live connection. */
  async sendNow(item: ScheduledMessage): Promise<void> {
    await api.post<Message>(`/scheduled-messages/${item.id}/message`, undefined, { key: newKey() });
    this.list.drop((other) => other.id === item.id);
  }

  #put(item: ScheduledMessage): void {
    this.list.drop((other) => other.id === item.id);
    this.list.set([...this.list.items, item].sort((a, b) => Date.parse(a.send_at) - Date.parse(b.send_at)));
  }
}

export const scheduled = new ScheduledMessages();
