/** A client as a form holds it: words in every field, and back to what the server takes. Pure. */
import type { ClientBody } from '../api.ts';
import type { Attribute, Client, Value } from '../types.ts';

export interface Draft {
  name: string;
  external_id: string;
  email: string;
  phone: string;
  whatsapp: string;
  language: string;
  time_zone: string;
  attributes: Record<string, string>;
}

const names = ['name', 'external_id', 'email', 'phone', 'whatsapp', 'language', 'time_zone'] as const;

export function draftOf(client: Client | null, attributes: Attribute[]): Draft {
  const plain = Object.fromEntries(names.map((name) => [name, client?.[name] ?? ''])) as Omit<Draft, 'attributes'>;
  return { ...plain, attributes: Object.fromEntries(attributes.map(({ key }) => [key, String(client?.attributes[key] ?? '')])) };
}

/** What is empty is null: the server takes it away. */
export function bodyOf(draft: Draft, attributes: Attribute[]): ClientBody {
  const value = (name: (typeof names)[number]) => draft[name].trim() || null;
  return {
    name: draft.name.trim(),
    external_id: value('external_id'),
    email: value('email'),
    phone: value('phone'),
    whatsapp: value('whatsapp'),
    language: value('language'),
    time_zone: value('time_zone'),
    attributes: Object.fromEntries(attributes.map((attribute) => [attribute.key, valueOf(attribute, draft.attributes[attribute.key] ?? '')])),
  };
}

/** A number that is none stays words, so that the server says what is wrong with it. */
export function valueOf({ kind }: Attribute, text: string): Value | null {
  const typed = text.trim();
  if (!typed) return null;
  if (kind === 'boolean') return typed === 'true';
  if (kind === 'number') return Number.isFinite(Number(typed.replace(',', '.'))) ? Number(typed.replace(',', '.')) : typed;
  return typed;
}
