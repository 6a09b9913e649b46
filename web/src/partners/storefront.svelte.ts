/** A partner's storefront while its settings are open: as the server has it, and the changes to it. */
import { api } from '../core/api.ts';
import { administers } from '../core/roles.ts';
import { session } from '../core/session.svelte.ts';
import type { Id, Partner } from '../core/types.ts';

export class EditedStorefront {
  partner = $state<Partner | null>(null);
  error = $state.raw<unknown>(null);

  constructor(readonly id: Id) {
    void this.load();
  }

  /** Owners and administrators may change it; other members read. */
  get mayChange(): boolean {
    return administers(session.me) || session.me?.partners.find((partner) => partner.id === this.id)?.role === 'owner';
  }

  load = async (): Promise<void> => {
    this.error = null;
    try {
      this.partner = await api.get<Partner>(`/partners/${this.id}`);
    } catch (error) {
      this.error = error;
    }
  };

  async change(changes: Partial<Partner>): Promise<void> {
    this.partner = await api.patch<Partner>(`/partners/${this.id}`, changes);
    // The navigation shows name and picture too.
    if ('name' in changes || 'picture' in changes) void session.refresh();
  }
}
