/** Who can take care of a partner's requests. */
import { api } from '../core/api.ts';
import { session } from '../core/session.svelte.ts';
import type { Card, Id, Member, Page } from '../core/types.ts';

export const team = async (partner: Id): Promise<Card[]> =>
  (await api.get<Page<Member>>(`/partners/${partner}/members`)).items.map(({ person }) => person);

/** Oneself first, then the others by name; those in `also` are named whether they are members or not. */
export function inOrder(members: Card[], ...also: (Card | null)[]): Card[] {
  const known = [...members];
  for (const each of [session.me, ...also]) if (each && !known.some(({ id }) => id === each.id)) known.push(each);
  return known.sort((a, b) => Number(b.id === session.me?.id) - Number(a.id === session.me?.id) || a.name.localeCompare(b.name));
}
