/** Where a contact stands after a change, as the server decides it: favourites first, each part in its order. Pure. */
import type { Id } from '../core/types.ts';
import type { Contact } from './types.ts';

/** The list with a contact as given; without a position who comes to a part comes to its end. */
export function placed(contacts: Contact[], contact: Contact, position?: number): Contact[] {
  const [favourites, others] = parts(contacts.filter(({ person }) => person.id !== contact.person.id));
  const part = contact.is_favourite ? favourites : others;
  const old = contacts.find(({ person }) => person.id === contact.person.id);
  const stays = old?.is_favourite === contact.is_favourite ? placeOf(contacts, contact.person.id) : part.length;
  part.splice(position ?? stays, 0, contact);
  return [...favourites, ...others];
}

/** The place of somebody among the favourites, or among the others. */
export function placeOf(contacts: Contact[], id: Id): number {
  const found = contacts.find(({ person }) => person.id === id);
  return contacts.filter((each) => each.is_favourite === found?.is_favourite).findIndex(({ person }) => person.id === id);
}

export function parts(contacts: Contact[]): [Contact[], Contact[]] {
  return [contacts.filter((each) => each.is_favourite), contacts.filter((each) => !each.is_favourite)];
}
