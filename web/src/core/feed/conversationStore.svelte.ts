/** Every conversation this browser has met, as the server last sent it and live frames moved it on. */
import { SvelteMap } from 'svelte/reactivity';
import { api, ApiProblem } from '../api.ts';
import type { Frame, PartyChange } from '../live/frames.ts';
import { live } from '../live/live.svelte.ts';
import { serverTime } from '../serverTime.ts';
import { session } from '../session.svelte.ts';
import type { Conversation, Level } from '../conversationTypes.ts';
import type { Id } from '../types.ts';
import { isChat, isTwoSided, mySide } from './sides.ts';
import { Streams } from './streams.ts';
import { advance, withRead } from './summary.ts';

/** Called with a conversation that is new or changed; `null` when it is no longer there. */
type Listener = (id: Id, conversation: Conversation | null) => void;
type FrameOf<T extends Frame['type']> = Extract<Frame, { type: T }>;

class ConversationStore {
  #known = new SvelteMap<Id, Conversation>();
  #listeners = new Set<Listener>();
  #wanted = new Set<Id>();
  #streams = new Streams();
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    live.onFrame((frame) => {
      if (frame.type === 'changes') this.#changes(frame);
      else if (frame.type === 'read') this.#read(frame);
      else if (frame.type === 'unread_mark') this.#mark(frame);
      else if (frame.type === 'unread') this.#unread(frame);
      else if (frame.type === 'own_settings') this.#settled(frame);
      else if (frame.type === 'party') this.#stream(frame);
      else if (frame.type === 'joined') this.refetch(frame.conversation);
      else if (frame.type === 'left') this.#drop(frame.conversation);
    });
    live.onWelcome(() => Promise.resolve(this.#streams.forget()));
  }

  get(id: Id): Conversation | undefined {
    return this.#known.get(id);
  }

  onUpdate(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes an answer of the server's; what frames brought meanwhile is not lost to an older answer. */
  put(answer: Conversation): Conversation {
    const held = this.#known.get(answer.id);
    return this.#set(held ? reconcile(held, answer, session.me?.id) : answer);
  }

  /** Reads a conversation anew; throws when it is not there or there is no answer. */
  async fetch(id: Id): Promise<Conversation> {
    try {
      return this.put(await api.get<Conversation>(`/conversations/${id}`));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 404) this.#drop(id);
      throw error;
    }
  }

  /** Moves the own read mark forward, here at once and on the server. */
  async markRead(id: Id, ordinal: number): Promise<void> {
    const answer = await api.put<{ unread: number; ordinal: number; mentioned: number }>(`/conversations/${id}/read`, { ordinal }, { unasked: true });
    const held = this.#known.get(id);
    if (!held || !session.me) return;
    const { me } = session;
    const mark = { person: { id: me.id, name: me.name, picture: me.picture }, party_id: mySide(held, me.id), ordinal: answer.ordinal, at: new Date(serverTime.now()).toISOString() };
    // What came in after the answer was written is unread again.
    const later = held.last_ordinal > ordinal && held.unread > answer.unread ? answer.unread : Math.min(held.unread, answer.unread);
    const read = { ...withRead(held, mark), unread: later, marked_unread: false, ...readUpTo(held, ordinal) };
    this.#set('mentioned' in read ? { ...read, mentioned: later ? answer.mentioned : 0 } : read);
  }

  /** Lets what stands after an ordinal count as unread again, for the reader alone. */
  async moveBack(id: Id, ordinal: number): Promise<void> {
    const answer = await api.put<{ ordinal: number; unread: number; mentioned: number }>(`/conversations/${id}/read`, { ordinal, back: true });
    this.#unread({ type: 'unread', conversation: id, ...answer });
  }

  /** Puts a conversation aside to come back to it, or says that one has. */
  async markUnread(id: Id, marked: boolean): Promise<void> {
    const path = `/conversations/${id}/unread-mark`;
    this.put(await (marked ? api.put<Conversation>(path) : api.delete<Conversation>(path)));
  }

  async archive(id: Id, away: boolean): Promise<void> {
    const path = `/conversations/${id}/archive`;
    this.put(await (away ? api.put<Conversation>(path) : api.delete<Conversation>(path)));
  }

  /** Among the favourites, or put away, for the reader alone. */
  async settle(id: Id, what: 'favourite' | 'put-away', on: boolean): Promise<void> {
    const path = `/conversations/${id}/${what}`;
    this.put(await (on ? api.put<Conversation>(path) : api.delete<Conversation>(path)));
  }

  /** Of which messages of a chat the reader wants to hear. */
  async setLevel(id: Id, level: Level): Promise<void> {
    this.put(await api.put<Conversation>(`/conversations/${id}/level`, { level }));
  }

  /** Reads a conversation again soon, together with others that need it. */
  refetch(id: Id): void {
    this.#wanted.add(id);
    this.#asking ??= setTimeout(() => {
      this.#asking = undefined;
      const ids = [...this.#wanted];
      this.#wanted.clear();
      for (const wanted of ids) this.fetch(wanted).catch(() => undefined);
    }, 120);
  }

  clear(): void {
    this.#known.clear();
    this.#wanted.clear();
  }

  #set(conversation: Conversation): Conversation {
    this.#known.set(conversation.id, conversation);
    for (const listener of this.#listeners) listener(conversation.id, conversation);
    return conversation;
  }

  #drop(id: Id): void {
    this.#wanted.delete(id);
    this.#known.delete(id);
    for (const listener of this.#listeners) listener(id, null);
  }

  #changes(frame: FrameOf<'changes'>): void {
    const held = this.#known.get(frame.conversation);
    if (!held) return this.refetch(frame.conversation);
    const me = session.me?.id ?? '';
    const step = advance(held, frame, me);
    if (step.kind === 'gap') this.refetch(frame.conversation);
    if (step.kind !== 'applied') return;
    this.#set(step.conversation);
    // A colleague's answer or a restored conversation may count differently for this person: the server knows.
    const byOthers = frame.changes.some(({ message }) => message?.party_id === mySide(held, me) && message.sender?.id !== me);
    // What was deleted counts as unread no more; who is in a group, and what it is called, is not in the change itself.
    const recounted = frame.changes.some(({ kind }) => kind === 'message_deleted' || kind.startsWith('member') || kind === 'conversation_changed');
    if (byOthers || recounted || (step.news && held.archived_at)) this.refetch(frame.conversation);
  }

  #read(frame: FrameOf<'read'>): void {
    const held = this.#known.get(frame.conversation);
    if (!held) return;
    const next = withRead(held, frame);
    if (next === held) return;
    if (frame.person.id !== session.me?.id) this.#set(next);
    else if (frame.ordinal >= held.last_ordinal) this.#set({ ...next, unread: 0, ...('mentioned' in next && { mentioned: 0 }), ...readUpTo(held, frame.ordinal) });
    else this.refetch(frame.conversation);
  }

  #unread({ conversation, ordinal, unread, mentioned }: FrameOf<'unread'>): void {
    const held = this.#known.get(conversation);
    if (held) this.#set({ ...held, unread, read_ordinal: ordinal, ...('mentioned' in held && { mentioned }) });
  }

  #mark({ conversation, marked }: FrameOf<'unread_mark'>): void {
    const held = this.#known.get(conversation);
    if (held && held.marked_unread !== marked) this.#set({ ...held, marked_unread: marked });
  }

  #settled({ conversation, favourite, level, put_away_at }: FrameOf<'own_settings'>): void {
    const held = this.#known.get(conversation);
    if (isChat(held)) this.#set({ ...held, favourite, my_level: level, put_away_at });
    else if (!held) this.refetch(conversation);
  }

  #stream(frame: FrameOf<'party'>): void {
    const { fresh, missed } = this.#streams.take(frame);
    // After the frames that raced in, among which this one may be.
    if (missed) queueMicrotask(() => live.resync());
    fresh.forEach((change) => this.#party(change));
  }

  #party({ kind, subject }: PartyChange): void {
    if (kind === 'conversation_archived' || kind === 'conversation_restored') this.refetch(subject);
    else if (kind === 'members_changed' || subject === session.me?.id) void session.refresh();
    else for (const held of this.#known.values()) if (isTwoSided(held) && [held.my_party, held.counterpart.id].includes(subject)) this.refetch(held.id);
  }
}

/** Where the reader is, moved forward. */
const readUpTo = ({ read_ordinal }: Conversation, ordinal: number) => (read_ordinal === undefined ? {} : { read_ordinal: Math.max(read_ordinal, ordinal) });

/** An answer may be older than what frames have brought since it was asked for. */
export function reconcile(held: Conversation, answer: Conversation, me: Id | undefined): Conversation {
  const newer = answer.number >= held.number ? answer : ({ ...held, ...settledIn(answer) } as Conversation);
  const reads = [...held.reads, ...answer.reads].reduce((conversation, mark) => withRead(conversation, mark), { ...newer, reads: [] as Conversation['reads'] }).reads;
  const mark = (conversation: Conversation) => conversation.reads.find((read) => read.person.id === me)?.ordinal ?? 0;
  const readSince = mark(held) > mark(answer) && answer.last_ordinal <= held.last_ordinal;
  return { ...newer, reads, unread: readSince ? Math.min(held.unread, newer.unread) : newer.unread, ...(readSince && readUpTo(newer, held.read_ordinal ?? 0)) };
}

/** What has no number of its own in the feed: the answer is the newest that is known of it. */
function settledIn(answer: Conversation): Partial<Conversation> {
  const { archived_at, marked_unread } = answer;
  return isChat(answer) ? { archived_at, marked_unread, favourite: answer.favourite, my_level: answer.my_level, put_away_at: answer.put_away_at } : { archived_at, marked_unread };
}

export const conversationStore = new ConversationStore();
