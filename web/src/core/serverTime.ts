/**
 * What time it is for the server, whatever the clock of this computer says: by the `Date` of its answers (RFC 9110,
 * 6.6.1). What the server compares with its own clock, such as the end of an hour without disturbance, is counted by it.
 */

type Listener = (offset: number) => void;
/** `Date` names whole seconds, and a server may make it once a second: so much older it may be, in milliseconds. */
const COARSE = 3_000;

export class ServerTime {
  /** Milliseconds to add to this computer's clock; 0 while the two agree within what `Date` can tell. */
  offset = 0;
  #listeners = new Set<Listener>();

  /** Milliseconds since the epoch. */
  now(): number {
    return Date.now() + this.offset;
  }

  /** Calls back with each new offset. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes the `Date` of an answer that was asked for and received at these times of this computer. */
  learn(date: string | null, asked: number, received: number): void {
    const told = Date.parse(date ?? '');
    if (Number.isNaN(told)) return;
    // The answer was made between the two, so the offset lies between these: what is known and fits stays.
    const offset = Math.min(Math.max(this.offset, told - received), told + COARSE - asked);
    if (offset === this.offset) return;
    this.offset = offset;
    for (const listener of this.#listeners) listener(offset);
  }
}

export const serverTime = new ServerTime();
