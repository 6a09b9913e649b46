/**
 * Whether the reader waits for the server. Short waits are not worth a sign, and one that comes and goes is worse than
 * none; a long wait wants a word, so that no page looks as if nothing had been asked.
 */
export const PROGRESS_AFTER = 300;
export const WORD_AFTER = 2_000;

export class Waiting {
  /** Something was asked more than 300 ms ago and is not there yet. */
  working = $state(false);
  /** … and more than two seconds ago. */
  slow = $state(false);

  #working = new Set<symbol>();
  #slow = new Set<symbol>();

  /** Called when something is asked; returns what is to be called once it is answered, in whatever way. */
  begin(): () => void {
    const asked = Symbol();
    const soon = setTimeout(() => this.#note(this.#working, asked), PROGRESS_AFTER);
    const late = setTimeout(() => this.#note(this.#slow, asked), WORD_AFTER);
    return () => {
      clearTimeout(soon);
      clearTimeout(late);
      this.#working.delete(asked);
      this.#slow.delete(asked);
      this.#show();
    };
  }

  /** The same for a promise. */
  async for<T>(answer: Promise<T>): Promise<T> {
    const end = this.begin();
    try {
      return await answer;
    } finally {
      end();
    }
  }

  #note(these: Set<symbol>, asked: symbol): void {
    these.add(asked);
    this.#show();
  }

  #show(): void {
    this.working = this.#working.size > 0;
    this.slow = this.#slow.size > 0;
  }
}

export const waiting = new Waiting();
