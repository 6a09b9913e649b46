/** One open conversation: its messages, what is on its way, read marks, and everything a person does in it. */
import { api, ApiProblem } from '../../core/api.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { asCustomer, isMember, mySide } from '../../core/feed/sides.ts';
import { firstUnread } from '../../core/feed/summary.ts';
import type { Thread } from '../../core/feed/thread.svelte.ts';
import { threads } from '../../core/feed/threads.ts';
import { typing } from '../../core/feed/typing.svelte.ts';
import { newKey } from '../../core/keys.ts';
import { live } from '../../core/live/live.svelte.ts';
import { outbox, type MessageExtras } from '../../core/outbox/index.ts';
import { savedDrafts } from '../../core/savedDrafts.svelte.ts';
import { session } from '../../core/session.svelte.ts';
import type { Conversation, Message } from '../../core/conversationTypes.ts';
import type { FileInfo, Id } from '../../core/types.ts';
import { pathOf } from './messagePath.ts';

export type ConversationTarget = { conversation: Id } | { partner: Id };

export class OpenConversation {
  id = $state.raw<Id | null>(null);
  thread = $state.raw<Thread | null>(null);
  state = $state.raw<'loading' | 'ready' | 'missing' | 'failed'>('loading');
  failure = $state.raw<unknown>(null);
  /** Where the divider stands; it stays while the conversation is open. */
  unreadFrom = $state.raw<number | null>(null);
  /** The ordinal of a message that is to be shown, and marked. */
  aim = $state.raw<number | null>(null);
  conversation: Conversation | undefined = $derived(this.id ? conversationStore.get(this.id) : undefined);
  messages: Message[] = $derived.by(() => (this.thread?.loaded ? this.thread.messages : this.#early));
  /** Entries of the outbox that the thread does not hold yet. */
  entries = $derived.by(() => {
    const known = new Set([...this.messages.slice(-100), ...(this.thread?.ahead ?? [])].map(({ key }) => key));
    return outbox.entries.filter((entry) => entry.lane === this.lane && !known.has(entry.key));
  });

  /** Sent from here before the thread could be read. */
  #early = $state.raw<Message[]>([]);
  #seen = 0;
  /** The reader has put aside what is in view: looking at it does not read it. */
  #aside = false;
  /** Seen, but the server does not know yet. */
  #unsentRead = 0;
  #readTimer: ReturnType<typeof setTimeout> | undefined;
  #stops: (() => void)[];

  constructor(readonly target: ConversationTarget) {
    this.#stops = [
      outbox.onSent((entry, { message }) => entry.lane === this.lane && !this.thread?.loaded && (this.#early = [...this.#early, message])),
      conversationStore.onUpdate((id, conversation) => this.#adopt(id, conversation)),
      live.onWelcome(() => this.#refresh()),
    ];
  }

  /** As a customer, the partner: the same lane whether the conversation exists yet or not. For a partner, the conversation. */
  get lane(): string {
    if ('partner' in this.target) return this.target.partner;
    const { conversation } = this;
    return conversation && asCustomer(conversation) ? conversation.partner.id : this.target.conversation;
  }

  get myParty(): Id {
    const me = session.me?.id ?? '';
    return this.conversation ? mySide(this.conversation, me) : me;
  }

  /** The newest message one may edit: written by oneself, with words, not deleted. */
  get lastOwn(): Message | undefined {
    return this.messages.findLast(({ sender, kind, text }) => sender?.id === session.me?.id && kind === 'text' && text);
  }

  get typists() {
    return this.id ? typing.in(this.id) : [];
  }

  close(): void {
    this.#stops.forEach((stop) => stop());
    // What was seen in the last moment counts too.
    if (this.#readTimer) void this.#sendRead();
  }

  async load(around?: number): Promise<void> {
    this.state = this.thread?.loaded ? 'ready' : 'loading';
    this.failure = null;
    try {
      const conversation = await this.#find();
      if (conversation) await this.#open(conversation, around, true);
      this.state = 'ready';
    } catch (error) {
      this.failure = error;
      this.state = error instanceof ApiProblem && error.status === 404 ? 'missing' : 'failed';
    }
  }

  async send(text: string, attachments: FileInfo[], more: MessageExtras = {}): Promise<void> {
    this.unreadFrom = null;
    if (this.id) typing.sent(this.id);
    const target = 'partner' in this.target ? { partner: this.target.partner } : { conversation: this.target.conversation };
    this.#aside = false;
    await outbox.add({ target, lane: this.lane, text, attachments, ...more });
    // Written as a customer, a message does not name its draft.
    if ('partner' in target && this.id && more.draft) void savedDrafts.discard(this.id, more.draft);
  }

  async edit(message: Message, text: string): Promise<void> {
    this.thread?.merge(await api.patch<Message>(pathOf(message), { text }, { key: newKey() }));
  }

  async remove(message: Message): Promise<void> {
    this.thread?.merge(await api.delete<Message>(pathOf(message), undefined, { key: newKey() }));
  }

  /** Lets a message and all after it count as unread, until the conversation is opened again. */
  async unreadFromHere({ ordinal }: Message): Promise<void> {
    if (!this.id) return;
    this.#aside = true;
    clearTimeout(this.#readTimer);
    this.#readTimer = undefined;
    try {
      await conversationStore.moveBack(this.id, ordinal - 1);
    } catch (error) {
      this.#aside = false;
      throw error;
    }
    this.unreadFrom = ordinal;
  }

  typed(): void {
    if (this.id) typing.announce(this.id);
  }

  /** Puts the divider before what came in while the reader was elsewhere. */
  divide(): void {
    const { conversation } = this;
    const unread = conversation && session.me ? firstUnread(conversation, session.me.id) : null;
    if (unread && (this.unreadFrom === null || unread > this.#seen) && this.#seen) this.unreadFrom = unread;
  }

  /** The reader has this message before their eyes. */
  see(ordinal: number): void {
    if (this.#aside || ordinal <= this.#seen || !this.id || !session.me) return;
    // Who looks at an open channel without being in it has no position there, nor who does not follow a thread.
    if (this.conversation && !isMember(this.conversation)) return;
    this.#seen = ordinal;
    const mine = this.conversation?.read_ordinal ?? this.conversation?.reads.find((read) => read.person.id === session.me?.id)?.ordinal ?? 0;
    if (ordinal > mine) this.#readTimer ??= setTimeout(() => this.#sendRead(), 250);
  }

  async #sendRead(): Promise<void> {
    clearTimeout(this.#readTimer);
    const ordinal = this.#seen;
    try {
      if (this.id) await conversationStore.markRead(this.id, ordinal);
    } catch {
      // Sent again with the next message seen, or when the connection is back.
      this.#unsentRead = ordinal;
    } finally {
      this.#readTimer = undefined;
      if (this.#seen > ordinal) this.#readTimer = setTimeout(() => this.#sendRead(), 250);
    }
  }

  async #find(): Promise<Conversation | null> {
    if ('conversation' in this.target) return conversationStore.get(this.target.conversation) ?? (await conversationStore.fetch(this.target.conversation));
    if (!session.me) return null;
    try {
      return conversationStore.put(await api.get<Conversation>(`/conversations/with/${this.target.partner}`));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) return null;
      throw error;
    }
  }

  async #open(conversation: Conversation, around?: number, divide = false): Promise<void> {
    this.id = conversation.id;
    const unread = session.me ? firstUnread(conversation, session.me.id) : null;
    if (divide) this.unreadFrom ??= unread;
    if (divide && conversation.marked_unread) conversationStore.markUnread(conversation.id, false).catch(() => undefined);
    const thread = threads.hold(conversation.id);
    this.thread = thread;
    if (thread.loaded) this.state = 'ready';
    const aim = around ?? (unread && conversation.last_ordinal - unread > 40 ? unread : undefined);
    if (!thread.loaded) await thread.open(aim);
    else if (aim) await thread.reach(aim);
    if (this.#early.length) this.#early.forEach((message) => thread.merge(message));
  }

  /** A conversation that came to be while the partner's chat was open without one. */
  #adopt(id: Id, conversation: Conversation | null): void {
    if (!conversation) {
      if (id === this.id) this.state = 'missing';
    } else if (!this.id && 'partner' in this.target && asCustomer(conversation) && conversation.partner.id === this.target.partner) {
      this.#open(conversation).catch(() => live.resync());
    }
  }

  async #refresh(): Promise<void> {
    // What one is no longer in has no messages to be asked for, again and again.
    if (this.id && !(await isThere(this.id))) return;
    if (this.id && this.thread && !this.thread.loaded) await this.thread.open();
    else if (!this.id && this.state !== 'loading') await this.load();
    if (this.state === 'failed') await this.load();
    if (this.#unsentRead) this.#seen = this.#unsentRead - 1;
    this.see(this.#unsentRead);
    this.#unsentRead = 0;
  }
}

/** Reads a conversation anew; false when it is not there for this person. */
async function isThere(id: Id): Promise<boolean> {
  try {
    await conversationStore.fetch(id);
    return true;
  } catch (error) {
    if (error instanceof ApiProblem) return error.status !== 404;
    throw error;
  }
}
