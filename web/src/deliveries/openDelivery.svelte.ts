/** One message and all that is known of it, for as long as somebody looks. */
import { ApiProblem } from '../core/api.ts';
import { live } from '../core/live/live.svelte.ts';
import { deliveries } from './api.ts';
import { isFinal } from './labels.ts';
import type { DeliveryDetails } from './types.ts';

/** A refused attempt changes no status and comes with no frame: what waits is asked for again, in milliseconds. */
const PATIENCE = 4_000;

export class OpenDelivery {
  details = $state.raw<DeliveryDetails | null>(null);
  error = $state.raw<unknown>(null);
  #asked = 0;

  constructor(readonly id: number) {}

  /** True when nothing more will happen. */
  get done(): boolean {
    return this.details !== null && isFinal(this.details.delivery.status);
  }

  /** Whether there is no such message, or it is somebody else's. */
  get missing(): boolean {
    return this.error instanceof ApiProblem && (this.error.status === 404 || this.error.status === 400);
  }

  follow(): () => void {
    void this.read();
    const leave = [
      live.on('deliveries', ({ changed }) => changed.some(({ id }) => id === this.id) && void this.read()),
      live.onWelcome(() => this.read()),
    ];
    const timer = setInterval(() => !document.hidden && this.details?.delivery.status === 'CREATED' && void this.read(), PATIENCE);
    return () => {
      for (const each of leave) each();
      clearInterval(timer);
    };
  }

  read = async (): Promise<void> => {
    const asked = ++this.#asked;
    try {
      const details = await deliveries.details(this.id);
      if (asked !== this.#asked) return;
      this.details = details;
      this.error = null;
    } catch (error) {
      if (asked === this.#asked && !this.details) this.error = error;
    }
  };
}
