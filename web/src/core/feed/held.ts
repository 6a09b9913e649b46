/**
 * The messages of one conversation that are held: a window of ordinals without a gap, and the rules by which changes,
 * pages and answers, in whatever order they arrive, enter it. The newest version of a message always wins.
 */
import type { Change, Message, MessagePage } from '../conversationTypes.ts';
import type { Id } from '../types.ts';
import { requoted } from './quotes.ts';
import { keepMine, withStep } from './reactions.ts';

export class HeldMessages {
  /** Oldest to newest, ordinals without a gap. */
  window: Message[] = [];
  /** Sent from here and answered, but not adjacent to the window yet. */
  ahead: Message[] = [];
  /** The newest ordinal known to exist. */
  last = 0;

  #pagesUnderWay = 0;
  /** Newest versions of messages outside the window, seen while a page (which may be older) was under way. */
  #passing = new Map<number, Message>();
  /** Reactions to messages outside the window, seen meanwhile. */
  #passingSteps: Change[] = [];

  /** `me` says who reads: whose reactions are one's own. */
  constructor(readonly me: () => Id | undefined = () => undefined) {}

  get first(): number {
    return this.window[0]?.ordinal ?? 0;
  }

  get end(): number {
    return this.window.at(-1)?.ordinal ?? 0;
  }

  get atEnd(): boolean {
    return this.end >= this.last;
  }

  find(ordinal: number): Message | undefined {
    return this.window[ordinal - this.first];
  }

  /** Enters the message of a change; the changes before it have been entered. */
  put(message: Message): void {
    const { ordinal } = message;
    const held = this.find(ordinal);
    if (held) {
      if (message.number >= held.number) this.window[ordinal - this.first] = keepMine(message, held);
    } else if (ordinal === this.end + 1 && this.atEnd) {
      this.window.push(keepMine(message, undefined));
      this.#drainAhead();
    } else if (this.#pagesUnderWay > 0) this.#remember(message);
    this.last = Math.max(this.last, ordinal);
    this.#requote(message);
  }

  /** Enters what somebody reacted with; the changes before it have been entered. */
  react(change: Change): void {
    const ordinal = change.reaction?.ordinal ?? 0;
    const held = this.find(ordinal);
    if (held) this.window[ordinal - this.first] = withStep(held, change, this.me());
    if (this.#pagesUnderWay > 0) this.#passingSteps.push(change);
  }

  /** Enters the answer to a write, which may be newer than the changes received so far. */
  merge(message: Message): void {
    if (message.ordinal > this.end + 1 && this.atEnd) {
      this.ahead = [...this.ahead.filter(({ ordinal }) => ordinal !== message.ordinal), message].sort((a, b) => a.ordinal - b.ordinal);
    } else this.put(message);
  }

  /** Must be called before a page is asked for, and `pageDone` when it has been taken or given up. */
  pageAsked(): void {
    this.#pagesUnderWay += 1;
  }

  pageDone(): void {
    this.#pagesUnderWay -= 1;
    if (this.#pagesUnderWay > 0) return;
    this.#passing.clear();
    this.#passingSteps = [];
  }

  /** Enters a page: joined to the window where they touch, else in its place. */
  take(page: MessagePage): void {
    const fresh = page.items.map((message) => newest(message, this.find(message.ordinal), this.#passing.get(message.ordinal)));
    const start = fresh[0]?.ordinal ?? 0;
    const stop = fresh.at(-1)?.ordinal ?? 0;
    const touch = this.window.length > 0 && start <= this.end + 1 && stop >= this.first - 1;
    if (fresh.length && touch) {
      this.window = [...this.window.filter(({ ordinal }) => ordinal < start), ...fresh, ...this.window.filter(({ ordinal }) => ordinal > stop)];
    } else if (fresh.length) this.window = fresh;
    this.last = Math.max(this.last, page.last_ordinal, this.end);
    // New messages that arrived while the page was under way and now adjoin.
    for (let next; (next = this.#passing.get(this.end + 1)); ) this.window.push(keepMine(next, undefined));
    this.#drainAhead();
    for (const { ordinal } of fresh) this.#replay(ordinal);
    this.window = this.window.map((message) => requoted(message, this.find(message.quoted?.ordinal ?? 0)));
  }

  #drainAhead(): void {
    let next = this.ahead[0];
    while (next && next.ordinal <= this.end + 1) {
      this.ahead = this.ahead.slice(1);
      this.put(next);
      next = this.ahead[0];
    }
  }

  /** Lets all that reply to a message show it as it is now. */
  #requote(message: Message): void {
    this.window.forEach((reply, index) => reply.quoted?.id === message.id && (this.window[index] = requoted(reply, message)));
  }

  /** A page may be older than what was reacted while it was under way. */
  #replay(ordinal: number): void {
    for (const step of this.#passingSteps) {
      const held = this.find(ordinal);
      if (held && step.reaction?.ordinal === ordinal) this.window[ordinal - this.first] = withStep(held, step, this.me());
    }
  }

  #remember(message: Message): void {
    this.#passing.set(message.ordinal, newest(message, this.#passing.get(message.ordinal)));
  }
}

function newest(message: Message, ...others: (Message | undefined)[]): Message {
  return others.reduce<Message>((best, other) => (other && other.number > best.number ? keepMine(other, best) : best), message);
}
