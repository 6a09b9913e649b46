/** How long to wait before trying again: exponential with full jitter, so that a restarted server is not stormed. */
export class Backoff {
  #attempt = 0;

  constructor(
    readonly floor = 500,
    readonly ceiling = 30_000,
    readonly random: () => number = Math.random,
  ) {}

  /** Milliseconds to wait before the next attempt; each call counts as one attempt. */
  next(): number {
    const most = Math.min(this.ceiling, this.floor * 2 ** this.#attempt);
    this.#attempt = Math.min(this.#attempt + 1, 20);
    return Math.round(this.random() * most);
  }

  reset(): void {
    this.#attempt = 0;
  }
}
