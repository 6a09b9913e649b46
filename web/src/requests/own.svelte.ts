/** One's own contact requests, and how far each is. */
import type { PartyChange } from '../core/live/frames.ts';
import { live } from '../core/live/live.svelte.ts';
import { session } from '../core/session.svelte.ts';
import type { Page } from '../core/types.ts';
import { Listing } from '../ui/listing.svelte.ts';
import { requests } from './api.ts';
import type { OwnContactRequest } from './types.ts';

/** How soon after news they are read; what comes meanwhile is read along. In milliseconds. */
const PACE = 400;

export class OwnRequests {
  readonly listing = new Listing<OwnContactRequest>(requests.own);
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** Frames say how far each is; what was left on another device is read when one comes back to the page. */
  follow(): () => void {
    const look = () => document.visibilityState === 'visible' && this.#readSoon();
    document.addEventListener('visibilitychange', look);
    const leave = [live.on('party', ({ party, changes }) => party === session.me?.id && this.#receive(changes)), live.onWelcome(() => this.#readAgain())];
    return () => {
      document.removeEventListener('visibilitychange', look);
      for (const each of leave) each();
      clearTimeout(this.#soon);
    };
  }

  #receive(changes: PartyChange[]): void {
    if (changes.some(({ kind }) => kind === 'contact_request_changed')) this.#readSoon();
  }

  #readSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      // What cannot be read now is read with the next news or the next reconnection.
      void this.#readAgain().catch(() => undefined);
    }, PACE);
  }

  /** As many as are shown, since each of them may have changed meanwhile. */
  async #readAgain(): Promise<void> {
    const { listing } = this;
    // What is being read may be from before the news.
    if (listing.busy) return this.#readSoon();
    if (!listing.ready) return;
    const items: OwnContactRequest[] = [];
    let next: string | null = null;
    do {
      const page: Page<OwnContactRequest> = await requests.own(next);
      items.push(...page.items);
      next = page.next ?? null;
    } while (next && items.length < listing.items.length);
    [listing.items, listing.next] = [items, next];
  }
}
