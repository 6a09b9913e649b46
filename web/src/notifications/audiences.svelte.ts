/** Who of each partner is told of what; read once for all who show it, and the same for all of them. */
import { SvelteMap } from 'svelte/reactivity';
import type { Id } from '../core/types.ts';
import { notifications } from './api.ts';
import type { Audience, PartnerAudience } from './types.ts';

class Audiences {
  #known = new SvelteMap<Id, PartnerAudience>();
  #asking = new Map<Id, Promise<void>>();

  of(partner: Id): PartnerAudience | undefined {
    return this.#known.get(partner);
  }

  /** Reads it afresh; whoever asks meanwhile waits for the same answer. */
  load(partner: Id): Promise<void> {
    const asking = this.#asking.get(partner) ?? notifications.audience(partner).then((audience) => void this.#known.set(partner, audience)).finally(() => this.#asking.delete(partner));
    this.#asking.set(partner, asking);
    return asking;
  }

  async change(partner: Id, audiences: Audience[]): Promise<void> {
    this.#known.set(partner, await notifications.setAudience(partner, audiences));
  }
}

export const audiences = new Audiences();
