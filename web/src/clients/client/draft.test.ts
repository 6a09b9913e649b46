import { describe, expect, it } from 'vitest';
import type { Attribute, Kind } from '../types.ts';
import { bodyOf, draftOf, valueOf } from './draft.ts';

const attribute = (key: string, kind: Kind): Attribute => ({ key, label: key, kind, choices: [], position: 1 });
const known = [attribute('city', 'text'), attribute('spent', 'number'), attribute('member', 'boolean')];

describe('a client in a form', () => {
  it('comes back as it was, what is empty as null', () => {
    const client = {
      id: '1', name: 'Zoé', external_id: null, email: 'zoe@example.com', phone: null, whatsapp: null, language: 'fr', time_zone: null,
      attributes: { city: 'Lyon', spent: 12.5, member: false }, consented: [], refused: [], person_id: null, revision: 1,
    };
    const body = bodyOf(draftOf(client, known), known);
    expect(body).toMatchObject({ name: 'Zoé', email: 'zoe@example.com', phone: null, language: 'fr', time_zone: null });
    expect(body.attributes).toEqual({ city: 'Lyon', spent: 12.5, member: false });
    expect(bodyOf(draftOf(null, known), known).attributes).toEqual({ city: null, spent: null, member: null });
  });

  it('reads numbers with a comma, and leaves what is no number to the server', () => {
    expect(valueOf(attribute('spent', 'number'), ' 12,5 ')).toBe(12.5);
    expect(valueOf(attribute('spent', 'number'), 'much')).toBe('much');
  });
});
