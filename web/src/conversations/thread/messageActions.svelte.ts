/** What a reader does with single messages, and which dialog is open about one; what fails is said in a notice. */
import { tick } from 'svelte';
import { api } from '../../core/api.ts';
import type { Conversation, Message } from '../../core/conversationTypes.ts';
import { reasonOf } from '../../core/problem.ts';
import { paths, router } from '../../routing/index.ts';
import { common } from '../../i18n/common.ts';
import type { MenuItem } from '../../ui/MenuPanel.svelte';
import { toasts } from '../../ui/toasts.svelte.ts';
import { texts } from '../texts.ts';
import { pathOf } from './messagePath.ts';
import type { OpenConversation } from './openConversation.svelte.ts';
import { threadPath } from './openThread.ts';

export type MessageDialog = 'reactors' | 'seen' | 'delete' | 'pinned' | 'files' | 'date' | 'forward';

export class MessageActions {
  /** The message that a dialog is about. */
  about = $state.raw<Message | null>(null);
  dialog = $state.raw<MessageDialog | null>(null);
  /** The day that is asked about, as `YYYY-MM-DD`. */
  day = $state.raw('');

  constructor(readonly opened: OpenConversation) {}

  /** What the menu of the whole conversation has about its messages. */
  get tools(): MenuItem[] {
    const items: (MenuItem | false)[] = [
      this.opened.conversation?.kind !== 'storefront' && { label: texts.actions.pinnedTitle, icon: 'thumbtack', run: () => void (this.dialog = 'pinned') },
      // Other chats show theirs among their details.
      this.opened.conversation?.kind === 'storefront' && { label: texts.files.title, icon: 'attach', run: () => void (this.dialog = 'files') },
      { label: texts.actions.jumpToDate, icon: 'calendar', run: () => this.askDay('') },
    ];
    return items.filter((item) => item !== false);
  }

  ask(dialog: MessageDialog, about: Message): void {
    this.about = about;
    this.dialog = dialog;
  }

  askDay(day: string): void {
    this.day = day;
    this.dialog = 'date';
  }

  async unreadFromHere(message: Message): Promise<void> {
    try {
      await this.opened.unreadFromHere(message);
    } catch (error) {
      failed(error);
    }
  }

  /** Puts an emoji under a message, or takes one's own away. */
  async react(message: Message, emoji: string): Promise<void> {
    const path = `${pathOf(message)}/reactions/${encodeURIComponent(emoji)}`;
    const mine = message.reactions?.some((each) => each.emoji === emoji && each.mine);
    await this.#attempt(() => (mine ? api.delete<Message>(path) : api.put<Message>(path)));
  }

  async pin(message: Message): Promise<void> {
    const path = `${pathOf(message)}/pin`;
    const pinned = Boolean(message.pinned_at);
    const done = await this.#attempt(() => (pinned ? api.delete<Message>(path) : api.put<Message>(path)));
    if (done) toasts.say(pinned ? texts.actions.unpinned : texts.actions.pinned, 'success', { label: texts.thread.undo, run: () => void this.pin(done) });
  }

  async copyLink(message: Message): Promise<void> {
    await navigator.clipboard.writeText(linkTo(message, this.opened.conversation));
    toasts.say(texts.actions.linkCopied);
  }

  async remove(): Promise<void> {
    if (this.about) await this.opened.remove(this.about);
  }

  /** Once more also when it is shown already, and the reader has scrolled away. */
  async show(ordinal: number): Promise<void> {
    this.opened.aim = null;
    await tick();
    this.opened.aim = ordinal;
  }

  async #attempt(act: () => Promise<Message>): Promise<Message | null> {
    try {
      const message = await act();
      this.opened.thread?.merge(message);
      return message;
    } catch (error) {
      failed(error);
      return null;
    }
  }
}

const failed = (error: unknown) => toasts.say(reasonOf(error, common.noAnswer), 'danger');

/** The day of a moment in a zone, as `YYYY-MM-DD`. */
export const dayIn = (timeZone: string, at: number | string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(at));

/** Leads to a message: on the page that shows it, where that is one of its conversation; in a thread to the thread. */
export function linkTo({ conversation_id, ordinal }: Message, conversation: Conversation | undefined): string {
  if (conversation?.kind === 'thread') return location.origin + threadPath(conversation.parent.id, conversation_id);
  const there = conversation && conversation.kind !== 'storefront' ? paths.chat(conversation_id) : paths.conversation(conversation_id);
  return `${location.origin}${router.path.endsWith(`/${conversation_id}`) ? router.path : there}?at=${ordinal}`;
}
