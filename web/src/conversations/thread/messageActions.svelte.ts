/** What a reader does with single messages, and which dialog is open about one; what fails is said in a notice. */
import { tick } from 'svelte';
import { api, ApiProblem } from '../../core/api.ts';
import type { Message } from '../../core/conversationTypes.ts';
import { paths, router } from '../../routing/index.ts';
import { common } from '../../i18n/common.ts';
import { toasts } from '../../ui/toasts.svelte.ts';
import { texts } from '../texts.ts';
import type { OpenConversation } from './openConversation.svelte.ts';

export type MessageDialog = 'reactors' | 'seen' | 'delete';

export class MessageActions {
  /** The message that a dialog is about. */
  about = $state.raw<Message | null>(null);
  dialog = $state.raw<MessageDialog | null>(null);

  constructor(readonly opened: OpenConversation) {}

  ask(dialog: MessageDialog, about: Message): void {
    this.about = about;
    this.dialog = dialog;
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
    await navigator.clipboard.writeText(linkTo(message, this.opened.conversation?.kind));
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
      toasts.say(error instanceof ApiProblem ? error.detail || error.title : common.noAnswer, 'danger');
      return null;
    }
  }
}

export const pathOf = (message: Message): string => `/conversations/${message.conversation_id}/messages/${message.id}`;

/** Leads to a message: on the page that shows it, where that is one of its conversation. */
export function linkTo({ conversation_id, ordinal }: Message, kind: string | undefined): string {
  const here = router.path.endsWith(`/${conversation_id}`) ? router.path : null;
  return `${location.origin}${here ?? (kind === 'storefront' || !kind ? paths.conversation(conversation_id) : `/chats/${conversation_id}`)}?at=${ordinal}`;
}

