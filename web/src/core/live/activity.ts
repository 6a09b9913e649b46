/**
 * Whether somebody uses this window: the server is told when nobody has for ten minutes, and when somebody does again.
 * A person is away once nobody uses any of their windows.
 */
import type { Said } from './frames.ts';
import { live, type Live } from './live.svelte.ts';

export const IDLE_AFTER = 10 * 60_000;
const LOOKS_EVERY = 30_000;
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

export class Activity {
  #live: Pick<Live, 'send' | 'greet'>;
  #usedAt = Date.now();
  #idle = false;

  constructor(connection: Pick<Live, 'send' | 'greet'>) {
    this.#live = connection;
  }

  /** Follows what happens in the window from now on; called once. */
  start(): void {
    for (const sign of signs) addEventListener(sign, this.#use, { passive: true, capture: true });
    this.#live.greet(this.#word);
    setInterval(this.#look, LOOKS_EVERY);
  }

  #use = (): void => {
    this.#usedAt = Date.now();
    if (this.#idle) this.#say(false);
  };

  #look = (): void => {
    if (!this.#idle && Date.now() - this.#usedAt >= IDLE_AFTER) this.#say(true);
  };

  #say(idle: boolean): void {
    this.#idle = idle;
    this.#live.send(this.#word());
  }

  #word = (): Said => ({ type: this.#idle ? 'idle' : 'active' });
}

export const activity = new Activity(live);
