/**
 * What the reader has begun to write in each conversation, as the server keeps it: the same on all their devices. What is
 * typed goes there a moment later; who writes is the composer, which also decides between its words and newer ones.
 */
import { api, ApiProblem } from './api.ts';
import { live } from './live/live.svelte.ts';
import { session } from './session.svelte.ts';
import type { Quoted } from './conversationTypes.ts';
import type { Id, Iso } from './types.ts';

export interface SavedDraft {
  conversation_id: Id;
  text: string;
  /** What it replies to; `quoted` is null where that is not there any more. */
  reply_to: Id | null;
  quoted: Quoted | null;
  /** The greater one is the newer one. */
  revision: number;
  changed_at: Iso;
}

/** While somebody types their words are stored no oftener. */
const PAUSE = 800;
const MOST = 10_000;

class SavedDrafts {
  /** Whether what is held is all that there is. */
  known = $state.raw(false);
  #held = $state.raw<ReadonlyMap<Id, SavedDraft>>(new Map());
  #timers = new Map<Id, ReturnType<typeof setTimeout>>();
  #waiting = new Map<Id, { text: string; reply: Id | null }>();
  #saving = new Set<Id>();
  /** Revisions that this page has made: not news for it. */
  #own = new Set<number>();
  /** What was sent or thrown away here is not to come back with an answer that is older. */
  #gone = new Map<Id, number>();

  constructor() {
    live.onWelcome(() => this.#load());
    live.on('draft', ({ conversation, revision }) => void this.#hear(conversation, revision));
  }

  /** Reactive; for lists, too. */
  of(conversation: Id): SavedDraft | undefined {
    return this.#held.get(conversation);
  }

  isOwn = (draft: SavedDraft): boolean => this.#own.has(draft.revision);

  /** Keeps what is written so far, in a moment; nothing written throws the draft away. */
  write(conversation: Id, text: string, reply: Id | null = null): void {
    if (text.length > MOST) return;
    this.#waiting.set(conversation, { text, reply });
    clearTimeout(this.#timers.get(conversation));
    this.#timers.set(conversation, setTimeout(() => void this.#save(conversation), PAUSE));
  }

  /** What was written is about to be sent: nothing more is kept of it. Returns the revision that goes with the message. */
  take(conversation: Id): number | undefined {
    clearTimeout(this.#timers.get(conversation));
    this.#waiting.delete(conversation);
    // One that is on its way there comes after the message: it is thrown away then.
    if (this.#saving.has(conversation)) this.#waiting.set(conversation, { text: '', reply: null });
    const revision = this.#held.get(conversation)?.revision;
    if (revision) this.#drop(conversation, revision);
    return revision;
  }

  /** Throws away what `take` has returned, where no message does. */
  async discard(conversation: Id, revision: number): Promise<void> {
    await api.delete(`/conversations/${conversation}/draft?revision=${revision}`, undefined, { unasked: true }).catch(() => undefined);
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.clear();
    this.#gone.clear();
    this.#held = new Map();
    this.known = false;
  }

  async #load(): Promise<void> {
    if (!session.me) return;
    const before = this.#held;
    const { items } = await api.get<{ items: SavedDraft[] }>('/drafts', { unasked: true });
    const read = new Map(items.filter((draft) => this.#isNews(draft)).map((draft) => [draft.conversation_id, draft]));
    // What was stored since the question, the answer may not know yet.
    for (const [conversation, held] of this.#held) {
      const answered = read.get(conversation);
      if (answered ? answered.revision < held.revision : before.get(conversation) !== held) read.set(conversation, held);
    }
    this.#held = read;
    this.known = true;
  }

  async #save(conversation: Id): Promise<void> {
    const waiting = this.#waiting.get(conversation);
    if (!waiting || this.#saving.has(conversation)) return;
    this.#waiting.delete(conversation);
    this.#saving.add(conversation);
    try {
      await this.#put(conversation, waiting.text, waiting.reply);
    } catch (error) {
      // The copy in this browser stays; what is typed next is tried again. Another device was faster: its words are read.
      if (error instanceof ApiProblem && error.code === 'draft_changed') await this.#read(conversation).catch(() => undefined);
    } finally {
      this.#saving.delete(conversation);
    }
    if (this.#waiting.has(conversation)) await this.#save(conversation);
  }

  async #put(conversation: Id, text: string, reply: Id | null): Promise<void> {
    const revision = this.#held.get(conversation)?.revision ?? 0;
    if (text.trim()) {
      const saved = await api.put<SavedDraft>(`/conversations/${conversation}/draft`, { text, revision, ...(reply ? { reply_to: reply } : {}) }, { unasked: true });
      this.#own.add(saved.revision);
      this.#hold(saved);
    } else if (revision) {
      this.#drop(conversation, revision);
      await api.delete(`/conversations/${conversation}/draft?revision=${revision}`, undefined, { unasked: true });
    }
  }

  async #hear(conversation: Id, revision: number): Promise<void> {
    // What this page is about to hear in the answer needs no question.
    if (this.#saving.has(conversation) || !session.me) return;
    const held = this.#held.get(conversation)?.revision ?? 0;
    if (revision === 0) this.#drop(conversation, held);
    else if (revision > held) await this.#read(conversation).catch(() => undefined);
  }

  async #read(conversation: Id): Promise<void> {
    const { items } = await api.get<{ items: SavedDraft[] }>(`/drafts?conversation=${conversation}`, { unasked: true });
    if (items[0]) this.#hold(items[0]);
    else this.#drop(conversation, this.#held.get(conversation)?.revision ?? 0);
  }

  #isNews = (draft: SavedDraft) => draft.revision > (this.#gone.get(draft.conversation_id) ?? 0);

  #hold(draft: SavedDraft): void {
    const held = this.#held.get(draft.conversation_id)?.revision ?? 0;
    if (this.#isNews(draft) && draft.revision >= held) this.#held = new Map(this.#held).set(draft.conversation_id, draft);
  }

  #drop(conversation: Id, revision: number): void {
    this.#gone.set(conversation, revision);
    const left = new Map(this.#held);
    left.delete(conversation);
    this.#held = left;
  }
}

export const savedDrafts = new SavedDrafts();
