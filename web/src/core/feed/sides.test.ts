import { describe, expect, it } from 'vitest';
import type { Conversation, GroupConversation } from '../conversationTypes.ts';
import { asCustomer, mayArchive, mySide, otherSide, partnerOf } from './sides.ts';

const card = (id: string) => ({ id, name: id, picture: null });
const common = { id: 'c', number: 1, last_ordinal: 0, opened_at: '', last_message_at: null, last_message: null, unread: 0, marked_unread: false, archived_at: null, reads: [] };
const own = { favourite: false, my_level: null, put_away_at: null };
const storefront: Conversation = { ...common, kind: 'storefront', my_party: 'shop', counterpart: { ...card('ann'), kind: 'person' }, customer: card('ann'), partner: card('shop'), confirmed_message: null };
const direct: Conversation = { ...common, kind: 'direct', my_party: 'gina', counterpart: { ...card('hugo'), kind: 'person' }, ...own };
const channel = (my_role: GroupConversation['my_role']): Conversation => ({ ...common, kind: 'channel', name: 'News', purpose: '', members: 3, is_open: true, my_role, mentioned: 0, ...own });

describe('sides', () => {
  it('with whom or in what one talks', () => {
    expect([storefront, direct, channel(null)].map((each) => otherSide(each).name)).toEqual(['ann', 'hugo', 'News']);
  });

  it('for whom one speaks: a party of two, or oneself among members', () => {
    expect([storefront, direct, channel('member')].map((each) => mySide(each, 'gina'))).toEqual(['shop', 'gina', 'gina']);
  });

  it('only a storefront has a partner and a customer', () => {
    expect([partnerOf(storefront)?.id, partnerOf(direct), partnerOf(undefined)]).toEqual(['shop', null, null]);
    expect([asCustomer(storefront), asCustomer({ ...storefront, counterpart: { ...card('shop'), kind: 'partner' } }), asCustomer(direct)]).toEqual([false, true, false]);
  });

  it('a group or channel is archived by those who moderate it', () => {
    expect((['owner', 'moderator', 'member', 'reader', null] as const).map((role) => mayArchive(channel(role)))).toEqual([true, true, false, false, false]);
    expect([mayArchive(storefront), mayArchive(direct)]).toEqual([true, true]);
  });
});
