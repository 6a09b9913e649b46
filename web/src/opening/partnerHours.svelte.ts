/** When partners are open, for pages that show more than one of them: read once while it is shown, kept for the next time. */
import { SvelteMap } from 'svelte/reactivity';
import { api } from '../core/api.ts';
import type { Id, Partner } from '../core/types.ts';

type Hours = Pick<Partner, 'opening_hours' | 'time_zone'>;

class PartnerHours {
  #known = new SvelteMap<Id, Hours>();

  /** Undefined until it is known, and for who has no hours. */
  of(partner: Id): Hours | undefined {
    const hours = this.#known.get(partner);
    return hours?.opening_hours.length ? hours : undefined;
  }

  /** Reads them anew; what was known stays where there is no answer. */
  async read(partner: Id): Promise<void> {
    const { opening_hours, time_zone } = await api.get<Partner>(`/partners/${partner}`);
    this.#known.set(partner, { opening_hours, time_zone });
  }
}

export const partnerHours = new PartnerHours();
