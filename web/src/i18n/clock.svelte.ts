/** The present minute by the server's clock, for every relative time on the page: one timer for all of them. */

class Clock {
  /** At most 20 seconds old. */
  now = $state(Date.now());
  #offset = 0;

  constructor() {
    setInterval(() => this.#tick(), 20_000);
    document.addEventListener('visibilitychange', () => !document.hidden && this.#tick());
  }

  /** The time at this moment, for what is sent. */
  exact(): number {
    return Date.now() + this.#offset;
  }

  /** The server's clock is so many milliseconds ahead of this computer's. */
  shift(offset: number): void {
    this.#offset = offset;
    this.#tick();
  }

  #tick(): void {
    this.now = this.exact();
  }
}

export const clock = new Clock();
