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

/** Only what differs from what the form began with: the rest is the server's to keep. */
export function changesOf(draft: Draft, began: Draft, attributes: Attribute[]): Partial<ClientBody> {
  const body = bodyOf(draft, attributes);
  const values = attributes.filter(({ key }) => draft.attributes[key] !== began.attributes[key]).map(({ key }) => [key, body.attributes[key] ?? null]);
  return {
    ...(Object.fromEntries(names.filter((name) => draft[name] !== began[name]).map((name) => [name, body[name]])) as Partial<ClientBody>),
    ...(values.length ? { attributes: Object.fromEntries(values) as ClientBody['attributes'] } : {}),
  };
}

/** A form with what is `now` in all fields that are as they began; null where a field was changed in both. */
export function rebased(draft: Draft, began: Draft, now: Draft): Draft | null {
  const plain = merged(only(draft), only(began), only(now));
  const values = merged(draft.attributes, began.attributes, now.attributes);
  return plain && values && { ...(plain as Omit<Draft, 'attributes'>), attributes: values };
}

const only = (draft: Draft): Record<string, string> => Object.fromEntries(names.map((name) => [name, draft[name]]));

function merged(draft: Record<string, string>, began: Record<string, string>, now: Record<string, string>): Record<string, string> | null {
  const result: Record<string, string> = {};
  for (const key of Object.keys(now)) {
    const [typed = '', old = '', found = ''] = [draft[key], began[key], now[key]];
    if (typed !== old && found !== old && typed !== found) return null;
    result[key] = typed === old ? found : typed;
  }
  return result;
}

/** A number that is none stays words, so that the server says what is wrong with it. */
export function valueOf({ kind }: Attribute, text: string): Value | null {
  const typed = text.trim();
  if (!typed) return null;
  if (kind === 'boolean') return typed === 'true';
  if (kind === 'number') return Number.isFinite(Number(typed.replace(',', '.'))) ? Number(typed.replace(',', '.')) : typed;
  return typed;
}
