/** Who may open which page. */
import { administers, belongs, communicates, employed, sends } from './core/roles.ts';
import type { Me } from './core/types.ts';

/** Who a page is for; a stranger on a page for people is led to sign in and comes back. */
export type Access = 'everyone' | 'strangers' | 'people' | 'insiders' | 'employees' | 'senders' | 'communicators' | 'administrators';

/** Whether a page is for this visitor; a page that waits for its route is for nobody yet. */
export function mayOpen(access: Access | undefined, me: Me | null): boolean {
  if (access === 'everyone') return true;
  if (access === 'strangers') return !me;
  if (access === 'people') return me !== null;
  if (access === 'insiders') return belongs(me);
  if (access === 'employees') return employed(me);
  if (access === 'senders') return sends(me);
  if (access === 'communicators') return communicates(me);
  return access === 'administrators' && administers(me);
}
