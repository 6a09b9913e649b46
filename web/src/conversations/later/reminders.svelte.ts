/** Of what the reader is still to be reminded, the same on all their devices. */
import { api } from '../../core/api.ts';
import { newKey } from '../../core/keys.ts';
import type { Message } from '../../core/conversationTypes.ts';
import type { Id } from '../../core/types.ts';
import { OwnList } from './ownList.svelte.ts';
import type { Reminder, Reminders } from './types.ts';

class ReminderList {
  readonly list = new OwnList<Reminder>('reminders', () => api.get<Reminders>('/reminders', { unasked: true }));

  /** When one is reminded of a message. */
  of(message: Id): string | undefined {
    return this.list.items.find((reminder) => reminder.message.id === message)?.at;
  }

  async put(message: Message, at: string): Promise<void> {
    const made = await api.put<Reminder>(pathOf(message), { at }, { key: newKey() });
    const others = this.list.items.filter((reminder) => reminder.message.id !== message.id);
    this.list.set([...others, made].sort((a, b) => Date.parse(a.at) - Date.parse(b.at)));
  }

  async remove(message: Message): Promise<void> {
    await api.delete(pathOf(message), undefined, { key: newKey() });
    this.list.drop((reminder) => reminder.message.id === message.id);
  }
}

const pathOf = (message: Message) => `/conversations/${message.conversation_id}/messages/${message.id}/reminder`;

export const reminders = new ReminderList();
