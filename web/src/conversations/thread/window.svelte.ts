/**
 * The part of a thread that is in the document: at most 200 messages, moved on as the reader scrolls. Whatever is added,
 * removed or changes its height, the row at the top of the view stays where it is, or the newest stays in view.
 */
import { tick } from 'svelte';
import type { Message } from '../../core/conversationTypes.ts';
import type { OpenConversation } from './openConversation.svelte.ts';

const MOST = 200;
const STEP = 40;
const NEAR = 900;
const BOTTOM = 48;

export class ThreadWindow {
  /** Ordinals shown, both ends included. */
  from = $state.raw(0);
  to = $state.raw(0);
  /** The newest message is in view and new ones scroll in by themselves. */
  following = $state.raw(true);
  /** The newest ordinal the reader has had in view. */
  reached = $state.raw(0);
  shown: Message[] = $derived.by(() => slice(this.opened.messages, this.from, this.to));
  /** True when the end of the conversation is in the document. */
  complete = $derived.by(() => !this.opened.thread?.loaded || (this.opened.thread.atEnd && this.to >= this.opened.thread.end));

  #scroller: HTMLElement | null = null;
  #content: HTMLElement | null = null;
  #anchor: { row: HTMLElement; top: number } | null = null;
  #observer: ResizeObserver | null = null;
  #frame = 0;
  #moving = false;

  constructor(readonly opened: OpenConversation) {}

  /** Takes over a scroller and the element that holds the rows; gives back how to let go. */
  attach(scroller: HTMLElement, content: HTMLElement): () => void {
    this.#scroller = scroller;
    this.#content = content;
    this.#observer = new ResizeObserver(() => this.#hold());
    this.#observer.observe(content);
    this.#observer.observe(scroller);
    const onScroll = () => (this.#frame ||= requestAnimationFrame(() => this.#scrolled()));
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      this.#observer?.disconnect();
      scroller.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(this.#frame);
    };
  }

  /** Shows the thread as it is first seen: at the first unread message, else at the newest. */
  async begin(at: number | null): Promise<void> {
    const { thread } = this.opened;
    if (!thread?.loaded) return;
    const aim = at !== null && thread.find(at) ? at : null;
    this.to = aim === null ? thread.end : Math.min(thread.end, aim + STEP);
    this.from = Math.max(thread.first, (aim ?? thread.end) - STEP);
    this.following = aim === null;
    this.reached = Math.max(this.reached, this.opened.unreadFrom === null ? thread.last : this.opened.unreadFrom - 1);
    await tick();
    if (aim === null) this.#toBottom();
    else this.#toRow(aim, 0.25);
    this.#scrolled();
  }

  /** Called when the thread has grown: follows the end if the reader was there. */
  grown(): void {
    const { thread } = this.opened;
    if (!thread?.loaded || this.#moving) return;
    if (this.to < thread.first || this.from > thread.end) void this.begin(null);
    else if (this.following && thread.atEnd) void this.#move(Math.max(thread.first, this.from, thread.end - MOST + 1), thread.end);
  }

  async toLatest(): Promise<void> {
    const { thread } = this.opened;
    if (!thread?.loaded) return this.#toBottom();
    if (!(await reached(thread.toLatest()))) return;
    this.following = true;
    this.to = thread.end;
    this.from = Math.max(thread.first, thread.end - STEP);
    await tick();
    this.#toBottom();
    this.#scrolled();
  }

  /** Brings a message into the middle of the view. */
  async toMessage(ordinal: number): Promise<void> {
    const { thread } = this.opened;
    if (!thread || !(await reached(thread.reach(ordinal))) || !thread.find(ordinal)) return;
    this.following = false;
    if (ordinal < this.from || ordinal > this.to || this.from < thread.first || this.to > thread.end) {
      this.from = Math.max(thread.first, ordinal - STEP);
      this.to = Math.min(thread.end, ordinal + STEP);
    }
    await tick();
    this.#toRow(ordinal, 0.4);
    this.#scrolled();
  }

  #scrolled(): void {
    this.#frame = 0;
    const scroller = this.#scroller;
    if (!scroller || !this.#content) return;
    const below = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    this.following = below <= BOTTOM && this.complete;
    this.#remember();
    this.look();
    if (this.#moving) return;
    if (scroller.scrollTop < NEAR) void this.#extend('older');
    else if (below < NEAR && !this.complete) void this.#extend('newer');
  }

  async #extend(way: 'older' | 'newer'): Promise<void> {
    const { thread } = this.opened;
    if (!thread) return;
    const older = way === 'older';
    if (older ? this.from <= thread.first && thread.atStart : this.complete) return;
    this.#moving = true;
    try {
      if (older && this.from <= thread.first) await thread.loadOlder();
      if (!older && this.to >= thread.end) await thread.loadNewer();
      const from = older ? Math.max(thread.first, this.from - STEP) : this.from;
      const to = older ? this.to : Math.min(thread.end, this.to + STEP);
      await this.#move(older ? from : Math.max(from, to - MOST + 1), older ? Math.min(to, from + MOST - 1) : to);
    } catch {
      // Scrolling again asks again; the connection banner says why.
      return;
    } finally {
      this.#moving = false;
    }
    this.#scrolled();
  }

  async #move(from: number, to: number): Promise<void> {
    if (from === this.from && to === this.to) return this.#hold();
    this.from = from;
    this.to = to;
    await tick();
    this.#hold();
    this.look();
  }

  /** What is in view counts as seen while the reader is at the window. */
  look(): void {
    const bottom = (this.#scroller?.getBoundingClientRect().bottom ?? 0) + 4;
    const rows = this.#rows().filter((row) => row.dataset.ordinal);
    const last = rows.findLast((row) => row.getBoundingClientRect().bottom <= bottom + row.offsetHeight / 2);
    const ordinal = Number(last?.dataset.ordinal ?? 0);
    if (!ordinal || document.visibilityState !== 'visible' || !document.hasFocus() || this.#covered()) return;
    this.reached = Math.max(this.reached, ordinal);
    this.opened.see(ordinal);
  }

  /** Something lies over it, such as one of its threads. */
  #covered(): boolean {
    return this.#scroller !== null && getComputedStyle(this.#scroller).visibility === 'hidden';
  }

  #rows(): HTMLElement[] {
    return this.#content ? ([...this.#content.children] as HTMLElement[]) : [];
  }

  #remember(): void {
    const top = this.#scroller?.getBoundingClientRect().top ?? 0;
    const row = this.#rows().find((candidate) => candidate.dataset.ordinal && candidate.getBoundingClientRect().bottom > top);
    this.#anchor = row ? { row, top: row.getBoundingClientRect().top - top } : null;
  }

  /** Puts the view back to where it was after rows came, went or grew. */
  #hold(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    if (this.following) return this.#toBottom();
    if (!this.#anchor?.row.isConnected) return;
    const moved = this.#anchor.row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - this.#anchor.top;
    if (Math.abs(moved) > 0.5) scroller.scrollTop += moved;
  }

  #toBottom(): void {
    if (this.#scroller) this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  #toRow(ordinal: number, share: number): void {
    const row = this.#rows().find((candidate) => candidate.dataset.ordinal === String(ordinal));
    if (!row || !this.#scroller) return;
    const { top, height } = this.#scroller.getBoundingClientRect();
    this.#scroller.scrollTop += row.getBoundingClientRect().top - top - height * share;
    this.#remember();
  }
}

/** False when what was asked for could not be read; the connection banner says why. */
async function reached(reading: Promise<void>): Promise<boolean> {
  return reading.then(
    () => true,
    () => false,
  );
}

function slice(messages: readonly Message[], from: number, to: number): Message[] {
  const first = messages[0]?.ordinal ?? 0;
  return messages.slice(Math.max(0, from - first), Math.max(0, to - first + 1));
}
