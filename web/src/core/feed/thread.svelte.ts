/**
 * One conversation's messages as this browser holds them: a contiguous window of ordinals and the feed number up to
 * which it is known to be true. Whatever order pages, frames and answers arrive in, the window equals a fresh read.
 */
import type { Change, ChangePage, Message, MessagePage } from '../types.ts';

/** A run of changes that leads a holder of `after` to `until`. */
export interface Stretch {
  after: number;
  until: number;
  changes: Change[];
}

export type PageQuery = { before?: number; after?: number; around?: number; limit?: number };

/** Where a thread reads from. */
export interface ThreadSource {
  page(query: PageQuery): Promise<MessagePage>;
  changes(after: number): Promise<ChangePage>;
}

const PAGE = 60;

export class Thread {
  /** Oldest to newest, ordinals without a gap. */
  messages = $state.raw<Message[]>([]);
  /** Sent from here and answered, but not adjacent to the window yet. */
  ahead = $state.raw<Message[]>([]);
  /** The feed number held; 0 before the first page. */
  number = $state.raw(0);
  /** The newest ordinal known to exist. */
  last = $state.raw(0);
  loaded = $state.raw(false);
  loadingOlder = $state.raw(false);
  loadingNewer = $state.raw(false);

  #source: ThreadSource;
  #early: Stretch[] = [];
  #pagesUnderWay = 0;
  /** Newest versions of messages outside the window, seen while a page (which may be older) was under way. */
  #passing = new Map<number, Message>();
  #catchingUp: Promise<void> | null = null;
  #generation = 0;

  constructor(source: ThreadSource) {
    this.#source = source;
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
    await this.#page(around ? { around, limit: PAGE } : { limit: PAGE }, 'replace');
  }

  async loadOlder(): Promise<void> {
    if (!this.loaded || this.atStart || this.loadingOlder) return;
    this.loadingOlder = true;
    try {
      await this.#page({ before: this.first, limit: PAGE }, 'extend');
    } finally {
      this.loadingOlder = false;
    }
  }

  async loadNewer(): Promise<void> {
    if (!this.loaded || this.atEnd || this.loadingNewer) return;
    this.loadingNewer = true;
    try {
      await this.#page({ after: this.end, limit: PAGE }, 'extend');
    } finally {
      this.loadingNewer = false;
    }
  }

  /** Makes the window hold `ordinal`. */
  async reach(ordinal: number): Promise<void> {
    if (!this.find(ordinal)) await this.open(ordinal);
  }

  async toLatest(): Promise<void> {
    if (!this.atEnd) await this.open();
  }

  /** Takes a live frame; a gap is fetched. Rejects when fetching fails (`catchUp` again later). */
  async receive(stretch: Stretch): Promise<void> {
    if (!this.loaded) this.#early.push(stretch);
    else if (this.#apply(stretch) === 'gap') await this.catchUp();
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
    if (message.ordinal > this.end + 1 && this.atEnd) {
      this.ahead = [...this.ahead.filter((m) => m.ordinal !== message.ordinal), message].sort(byOrdinal);
    } else this.#put(message);
  }

  #apply(stretch: Stretch): 'applied' | 'stale' | 'gap' {
    if (stretch.until <= this.number) return 'stale';
    if (stretch.after > this.number) return 'gap';
    for (const change of stretch.changes) if (change.number > this.number && change.message) this.#put(change.message);
    this.number = stretch.until;
    return 'applied';
  }

  #put(message: Message): void {
    const { ordinal } = message;
    const held = this.find(ordinal);
    if (held) {
      if (message.number >= held.number) this.messages = this.messages.with(ordinal - this.first, message);
    } else if (ordinal === this.end + 1 && this.atEnd) {
      this.messages = [...this.messages, message];
      this.#drainAhead();
    } else if (this.#pagesUnderWay > 0) this.#remember(message);
    this.last = Math.max(this.last, ordinal);
  }

  #drainAhead(): void {
    let next = this.ahead[0];
    while (next && next.ordinal <= this.end + 1) {
      this.ahead = this.ahead.slice(1);
      this.#put(next);
      next = this.ahead[0];
    }
  }

  #remember(message: Message): void {
    const known = this.#passing.get(message.ordinal);
    if (!known || known.number <= message.number) this.#passing.set(message.ordinal, message);
  }

  async #page(query: PageQuery, how: 'replace' | 'extend'): Promise<void> {
    const generation = how === 'replace' ? ++this.#generation : this.#generation;
    this.#pagesUnderWay += 1;
    try {
      const page = await this.#source.page(query);
      if (generation === this.#generation) this.#take(page);
    } finally {
      this.#pagesUnderWay -= 1;
      if (this.#pagesUnderWay === 0) this.#passing.clear();
    }
    if (this.#early.length) await this.#replayEarly();
  }

  #take(page: MessagePage): void {
    const held = new Map(this.messages.map((m) => [m.ordinal, m]));
    const fresh = page.items.map((message) =>
      [held.get(message.ordinal), this.#passing.get(message.ordinal)].reduce<Message>(
        (best, other) => (other && other.number > best.number ? other : best),
        message,
      ),
    );
    const start = fresh[0]?.ordinal ?? 0;
    const stop = fresh.at(-1)?.ordinal ?? 0;
    if (fresh.length && this.messages.length && start <= this.end + 1 && stop >= this.first - 1) {
      this.messages = [
        ...this.messages.filter((m) => m.ordinal < start),
        ...fresh,
        ...this.messages.filter((m) => m.ordinal > stop),
      ];
    } else if (fresh.length || !this.loaded) this.messages = fresh;
    this.last = Math.max(this.last, page.last_ordinal, this.end);
    if (!this.loaded) {
      this.number = page.number;
      this.loaded = true;
    }
    this.#followOn();
  }

  /** New messages that arrived while the page was under way and now adjoin the window. */
  #followOn(): void {
    for (let next; (next = this.#passing.get(this.end + 1)); ) this.messages = [...this.messages, next];
    this.#drainAhead();
  }

  async #replayEarly(): Promise<void> {
    const early = this.#early.splice(0);
    let gap = false;
    for (const stretch of early) gap = this.#apply(stretch) === 'gap' || gap;
    if (gap) await this.catchUp();
  }

  async #readChanges(): Promise<void> {
    for (;;) {
      const page = await this.#source.changes(this.number);
      this.#apply(page);
      if (page.until >= page.head || page.until <= page.after) return;
    }
  }
}

function byOrdinal(a: Message, b: Message): number {
  return a.ordinal - b.ordinal;
}
