import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../core/conversationTypes.ts';
import { mayDeleteAll, mayPin, mayReact, mayWrite } from './rights.ts';

const direct = { kind: 'direct', archived_at: null } as Conversation;
const storefront = { kind: 'storefront', archived_at: null } as Conversation;
const group = (my_role: string | null, archived_at: string | null = null) => ({ kind: 'channel', my_role, archived_at }) as Conversation;
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
  ])('%s', (_, conversation, expected) => expect(rights(conversation)).toEqual(expected));
});
