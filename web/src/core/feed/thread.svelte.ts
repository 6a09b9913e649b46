/**
 * One conversation as this browser holds it: a window of its messages and the feed number up to which it is known to be
 * true. Whatever order pages, frames and answers arrive in, what it holds equals a fresh read.
 */
import type { Change, ChangePage, Message, MessagePage } from '../conversationTypes.ts';
import type { Id } from '../types.ts';
import { HeldMessages } from './held.ts';

/** A run of changes that leads a holder of `after` to `until`. */
export interface ChangeRange {
  after: number;
  until: number;
  changes: Change[];
}

export type PageQuery = { before?: number; after?: number; around?: number; limit?: number };

/** Where a thread reads from. */
export interface ThreadSource {
  page(query: PageQuery): Promise<MessagePage>;
  changes(after: number): Promise<ChangePage>;
  /** Who reads. */
  me?(): Id | undefined;
}

const PAGE = 60;

export class Thread {
  /** Oldest to newest, ordinals without a gap. */
  messages = $state.raw<Message[]>([]);
  /** Sent from here and answered, but not adjacent to the window yet. */
  ahead = $state.raw<Message[]>([]);
  /** The newest ordinal known to exist. */
  last = $state.raw(0);
  loaded = $state.raw(false);
  /** The feed number held; 0 before the first page. */
  number = 0;

  #source: ThreadSource;
  #held: HeldMessages;
  /** Frames that came before the first page. */
  #early: ChangeRange[] = [];
  #reading = { older: false, newer: false };
  #catchingUp: Promise<void> | null = null;
  /** Counts the windows opened: a page asked for an earlier one is not taken. */
  #generation = 0;

  constructor(source: ThreadSource) {
    this.#source = source;
    this.#held = this.#nothing();
  }

  get first(): number {
    return this.messages[0]?.ordinal ?? 0;
  }

  get end(): number {
    return this.messages.at(-1)?.ordinal ?? 0;
  }

  get atStart(): boolean {
    return this.loaded && (this.messages.length === 0 || this.first === 1);
  }

  get atEnd(): boolean {
    return this.loaded && this.end >= this.last;
  }

  find(ordinal: number): Message | undefined {
    return this.messages[ordinal - this.first];
  }

  /** The first page: the newest messages, or those around an ordinal. Throws when it cannot be read. */
  async open(around?: number): Promise<void> {
    this.#generation += 1;
    await this.#page(around ? { around, limit: PAGE } : { limit: PAGE });
  }

  async loadOlder(): Promise<void> {
    if (this.loaded && !this.atStart) await this.#once('older', { before: this.first, limit: PAGE });
  }

  async loadNewer(): Promise<void> {
    if (this.loaded && !this.atEnd) await this.#once('newer', { after: this.end, limit: PAGE });
  }

  /** Makes the window hold `ordinal`. */
  async reach(ordinal: number): Promise<void> {
    if (!this.find(ordinal)) await this.open(ordinal);
  }

  async toLatest(): Promise<void> {
    if (!this.atEnd) await this.open();
  }

  /** Takes a live frame; a gap is fetched. Rejects when fetching fails (`catchUp` again later). */
  async receive(range: ChangeRange): Promise<void> {
    if (!this.loaded) this.#early.push(range);
    else if (this.#apply(range) === 'gap') await this.catchUp();
  }

  /** Reads all changes after the number held; calls made meanwhile share the same reading. */
  catchUp(): Promise<void> {
    if (!this.loaded) return Promise.resolve();
    this.#catchingUp ??= this.#readChanges().finally(() => (this.#catchingUp = null));
    return this.#catchingUp;
  }

  /** Takes the answer to a write of this browser's own, which may be newer than the feed held. */
  merge(message: Message): void {
    if (!this.loaded) return;
    this.#held.merge(message);
    this.#publish();
  }

  #apply(range: ChangeRange): 'applied' | 'stale' | 'gap' {
    if (range.until <= this.number) return 'stale';
    if (range.after > this.number) return 'gap';
    for (const change of range.changes) {
      if (change.number <= this.number) continue;
      if (change.message) this.#held.put(change.message);
      else if (change.reaction) this.#held.react(change);
    }
    this.number = range.until;
    this.#publish();
    return 'applied';
  }

  #nothing = () => new HeldMessages(() => this.#source.me?.());

  #publish(): void {
    this.messages = [...this.#held.window];
    this.ahead = this.#held.ahead;
    this.last = this.#held.last;
  }

  async #once(way: 'older' | 'newer', query: PageQuery): Promise<void> {
    if (this.#reading[way]) return;
    this.#reading[way] = true;
    await this.#page(query).finally(() => (this.#reading[way] = false));
  }

  async #page(query: PageQuery): Promise<void> {
    const generation = this.#generation;
    const held = this.#held;
    held.pageAsked();
    try {
      const page = await this.#source.page(query);
      if (generation === this.#generation) this.#take(page);
    } finally {
      held.pageDone();
    }
    if (this.#early.length) await this.#replayEarly();
  }

  #take(page: MessagePage): void {
    this.#held.take(page);
    if (!this.loaded) this.number = page.number;
    this.#publish();
    this.loaded = true;
  }

  async #replayEarly(): Promise<void> {
    const early = this.#early.splice(0);
    let gap = false;
    for (const range of early) gap = this.#apply(range) === 'gap' || gap;
    if (gap) await this.catchUp();
  }

  /** Holds a fresh first page in the place of all that is held; when it cannot be read, that stays. */
  async #beginAgain(): Promise<void> {
    const generation = (this.#generation += 1);
    const page = await this.#source.page({ limit: PAGE });
    if (generation !== this.#generation) return;
    this.#held = this.#nothing();
    this.#held.take(page);
    this.number = page.number;
    this.#publish();
  }

  async #readChanges(): Promise<void> {
    for (;;) {
      const page = await this.#source.changes(this.number);
      // The server was restored from a backup: what it told since is no more, and its numbers are given again.
      if (page.head < page.after) {
        await this.#beginAgain();
        continue;
      }
      this.#apply(page);
      if (page.until >= page.head || page.until <= page.after) return;
    }
  }
}
