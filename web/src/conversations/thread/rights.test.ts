import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../core/conversationTypes.ts';
import { mayDeleteAll, mayOpenThread, mayPin, mayReact, mayWrite } from './rights.ts';

const direct = { kind: 'direct', archived_at: null } as Conversation;
const storefront = { kind: 'storefront', archived_at: null } as Conversation;
const group = (my_role: string | null, archived_at: string | null = null) => ({ kind: 'channel', my_role, archived_at }) as Conversation;
const thread = (parent: string, my_role: string | null, archived_at: string | null = null) => ({ kind: 'thread', parent: { kind: parent }, my_role, archived_at }) as Conversation;
const rights = (conversation: Conversation) => [mayReact(conversation), mayPin(conversation), mayWrite(conversation), mayDeleteAll(conversation)];

describe('what one may do with messages', () => {
  it.each([
    ['between two', direct, [true, true, true, false]],
    ['with a partner', storefront, [false, false, true, false]],
    ['as an owner', group('owner'), [true, true, true, true]],
    ['as a moderator', group('moderator'), [true, true, true, true]],
    ['as a member', group('member'), [true, false, true, false]],
    ['as a reader', group('reader'), [true, false, false, false]],
    ['without being in it', group(null), [false, false, false, false]],
    ['in an archived one', group('owner', 'x'), [false, false, false, true]],
    ['in a thread between two', thread('direct', null), [true, true, true, false]],
    ['in a thread as a reader of the group', thread('group', 'reader'), [true, false, false, false]],
    ['in a thread of an archived one', thread('channel', 'member', 'x'), [false, false, false, false]],
  ])('%s', (_, conversation, expected) => expect(rights(conversation)).toEqual(expected));

  it('opens threads where one writes, among colleagues, and none in a thread', () => {
    const able = [direct, group('member'), group('reader'), group(null), group('owner', 'x'), storefront, thread('group', 'owner')].map(mayOpenThread);
    expect(able).toEqual([true, true, false, false, false, false, false]);
  });
});
