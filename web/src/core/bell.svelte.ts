/** How many notifications are unread; the server counts, to 100 at most, and sends a frame when something has changed. */
import { api, ApiProblem } from './api.ts';
import { live } from './live/live.svelte.ts';
import { session } from './session.svelte.ts';

/** What the badge shows at most; the server does not count much further. */
export const MOST = 99;

class Bell {
  unread = $state(0);
  #asked = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    live.onWelcome(() => this.refresh().catch(unlessRefused));
    live.on('notifications', () => this.#refreshSoon());
  }

  async refresh(): Promise<void> {
    if (!session.me) return this.clear();
    await this.update(async () => (await api.get<{ unread: number }>('/notifications/count', { unasked: true })).unread);
  }

  /** Takes over the count that an answer brings along; one that was overtaken by a later question is left aside. */
  async update(ask: () => Promise<number>): Promise<void> {
    const asked = ++this.#asked;
    const unread = await ask();
    if (asked === this.#asked) this.unread = unread;
  }

  clear(): void {
    this.#asked += 1;
    this.unread = 0;
  }

  #refreshSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.refresh().catch(() => undefined);
    }, 300);
  }
}

/** What the server refuses will not be granted by asking again, and must not hold up everything else. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof ApiProblem) || error.passing) throw error;
}

export const bell = new Bell();
