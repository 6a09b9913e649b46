import { describe, expect, it, vi } from 'vitest';
import type { ClientBody } from '../api.ts';
import type { Attribute, ClientDetails } from '../types.ts';
import { EditedClient } from './edited.svelte.ts';

const known: Attribute[] = [{ key: 'city', label: 'City', kind: 'text', choices: [], position: 1 }];
const zoe = (changes: Partial<ClientDetails> = {}): ClientDetails => ({
  id: 'zoe', name: 'Zoé', external_id: null, email: 'zoe@example.com', phone: '+33123456789', whatsapp: null, language: 'fr', time_zone: null,
  attributes: { city: 'Lyon' }, consented: [], refused: [], person_id: null, revision: 1, person: null, consents: [], ...changes,
});
const opened = (change = vi.fn(async (_: string, body: Partial<ClientBody> & { revision: number }) => zoe({ revision: body.revision + 1 }))) => {
  const edited = new EditedClient(change);
  edited.show(zoe(), known);
  return { edited, change };
};

describe('a client that is edited', () => {
  it('sends only what was changed', async () => {
    const { edited, change } = opened();
    edited.draft.email = 'zoe.martin@example.com';
    edited.draft.attributes.city = '';
    await edited.save();
    expect(change).toHaveBeenCalledWith('zoe', { email: 'zoe.martin@example.com', attributes: { city: null }, revision: 1 });
  });

  it('keeps what somebody else changed meanwhile, though a consent was noted since', async () => {
    const { edited, change } = opened();
    edited.draft.name = 'Zoé Martin';
    edited.update(zoe({ phone: '+33999999999', consented: ['sms'], revision: 3 }));
    expect([edited.client?.consented, edited.draft.phone, edited.draft.name]).toEqual([['sms'], '+33999999999', 'Zoé Martin']);
    await edited.save();
    expect(change).toHaveBeenCalledWith('zoe', { name: 'Zoé Martin', revision: 3 });
  });

  it('is refused as changed where somebody else changed the same field', async () => {
    const { edited, change } = opened();
    edited.draft.phone = '+33111111111';
    edited.update(zoe({ phone: '+33999999999', revision: 3 }));
    edited.update(zoe({ phone: '+33999999999', consented: ['sms'], revision: 4 }));
    expect([edited.draft.phone, edited.client?.consented]).toEqual(['+33111111111', ['sms']]);
    await edited.save();
    expect(change).toHaveBeenCalledWith('zoe', { phone: '+33111111111', revision: 1 });
  });

  it('keeps what is typed while it is saved', async () => {
    let answer = (_: ClientDetails) => {};
    const { edited, change } = opened(vi.fn(() => new Promise<ClientDetails>((done) => (answer = done))));
    edited.draft.phone = '01 23 45 67 80';
    const saved = edited.save();
    edited.draft.name = 'Zoé Martin';
    answer(zoe({ phone: '+33123456780', revision: 2 }));
    await saved;
    expect([edited.draft.name, edited.draft.phone]).toEqual(['Zoé Martin', '+33123456780']);
    void edited.save();
    expect(change).toHaveBeenLastCalledWith('zoe', { name: 'Zoé Martin', revision: 2 });
  });

  it('is not replaced by an answer about another', () => {
    const { edited } = opened();
    edited.update(zoe({ id: 'max', name: 'Max' }));
    expect(edited.client?.name).toBe('Zoé');
  });
});
