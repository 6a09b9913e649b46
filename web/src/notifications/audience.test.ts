import { describe, expect, it } from 'vitest';
import { drafted, faulty, given, audienceSize } from './audience.ts';
import type { PartnerAudience } from './types.ts';

describe('an audience', () => {
  const member = (id: string, role: 'owner' | 'member') => ({ person: { id, name: id, picture: null }, role, notified_of: [], reach: [] });
  const audience: PartnerAudience = {
    audiences: [{ kind: 'contact_request', mode: 'chosen', people: ['b', 'gone', 'a'] }],
    members: [member('a', 'owner'), member('b', 'member'), member('c', 'member')],
    warning: null,
  };

  it('forgets who has left, and knows what nobody has set', () => {
    expect(drafted(audience)).toEqual({ contact_request: { mode: 'chosen', people: ['b', 'a'] }, message: { mode: 'everyone', people: [] } });
  });
  it('names people only where they are chosen, in one order', () => {
    const draft = drafted(audience);
    draft.message = { mode: 'owners', people: ['c'] };
    expect(given(draft)).toEqual([
      { kind: 'contact_request', mode: 'chosen', people: ['a', 'b'] },
      { kind: 'message', mode: 'owners', people: [] },
    ]);
  });
  it('is none without anybody chosen', () => {
    const draft = drafted(audience);
    expect(faulty(draft)).toBe(false);
    draft.contact_request.people = [];
    expect(faulty(draft)).toBe(true);
  });
  it('counts who is told', () => {
    expect([audienceSize('everyone', [], audience.members), audienceSize('owners', [], audience.members), audienceSize('chosen', ['b'], audience.members)]).toEqual([3, 1, 1]);
  });
});
