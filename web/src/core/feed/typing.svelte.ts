/** Who is typing where: received over the live connection, forgotten after six seconds. */
import { SvelteMap } from 'svelte/reactivity';
import { live } from '../live/live.svelte.ts';
import { session } from '../session.svelte.ts';
import type { Card, Id } from '../types.ts';

const SHOWN = 6_000;
const REPEATED = 3_000;

class Typing {
  #who = new SvelteMap<Id, Card[]>();
  #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #announced = new Map<Id, number>();

  constructor() {
    live.onFrame((frame) => {
      if (frame.type === 'typing' && frame.person.id !== session.me?.id) this.#start(frame.conversation, frame.person);
      if (frame.type === 'changes') {
        for (const { kind, message } of frame.changes) {
          if (kind === 'message_sent' && message?.sender) this.#stop(frame.conversation, message.sender.id);
        }
      }
    });
  }

  /** The others who are typing in a conversation. */
  in(conversation: Id): Card[] {
    return this.#who.get(conversation) ?? [];
  }

  /** Sends the others that one is typing; at most every three seconds. */
  announce(conversation: Id): void {
    const now = Date.now();
    if (now - (this.#announced.get(conversation) ?? 0) < REPEATED) return;
    this.#announced.set(conversation, now);
    live.send({ type: 'typing', conversation });
  }

  /** After a message has gone out the next key stroke is sent at once. */
  sent(conversation: Id): void {
    this.#announced.delete(conversation);
  }

  #start(conversation: Id, person: Card): void {
    const timer = `${conversation} ${person.id}`;
    clearTimeout(this.#timers.get(timer));
    this.#timers.set(timer, setTimeout(() => this.#stop(conversation, person.id), SHOWN));
    if (!this.in(conversation).some(({ id }) => id === person.id)) this.#who.set(conversation, [...this.in(conversation), person]);
  }

  #stop(conversation: Id, person: Id): void {
    clearTimeout(this.#timers.get(`${conversation} ${person}`));
    this.#timers.delete(`${conversation} ${person}`);
    const rest = this.in(conversation).filter(({ id }) => id !== person);
    if (rest.length) this.#who.set(conversation, rest);
    else this.#who.delete(conversation);
  }
}

export const typing = new Typing();
