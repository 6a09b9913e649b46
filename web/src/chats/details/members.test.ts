import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { live } from '../../core/live/live.svelte.ts';
import { chats, type ChatMember } from '../api.ts';
import { MemberList } from './members.svelte.ts';

const member = (id: string, role: ChatMember['role'] = 'member'): ChatMember => ({ person: { id, name: id, picture: null }, role, joined_at: '', deactivated: false });
const names = (list: MemberList) => list.listing.items.map(({ person, role }) => `${person.id} ${role}`);
let tell: (frame: unknown) => void;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(live, 'on').mockImplementation((_, listener) => ((tell = listener as typeof tell), () => undefined));
});
afterEach(() => (vi.useRealTimers(), vi.restoreAllMocks()));

const change = (kind: string, person: string, conversation = 'g') => ({ conversation, changes: [{ kind, person: { id: person } }] });

describe('the members of a chat', () => {
  it('are read again, once for all who come together, and lose at once who goes', async () => {
    const read = vi.spyOn(chats, 'members').mockResolvedValue({ items: [member('gina', 'owner'), member('hugo')], next: null });
    const list = new MemberList('g');
    list.follow();
    await vi.runAllTimersAsync();
    tell(change('member_left', 'hugo'));
    expect(names(list)).toEqual(['gina owner']);
    read.mockResolvedValue({ items: [member('gina', 'owner'), member('ida')], next: null });
    tell(change('member_joined', 'ida'));
    tell(change('members_added', ''));
    tell(change('member_joined', 'somebody', 'elsewhere'));
    await vi.runAllTimersAsync();
    expect(names(list)).toEqual(['gina owner', 'ida member']);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('do not jump when twenty thousand were scrolled through, and the next page is asked for once', async () => {
    const many = (from: number) => Array.from({ length: 100 }, (_, place) => member(`person ${from + place}`));
    const read = vi.spyOn(chats, 'members').mockImplementation((_id, _q, cursor) => Promise.resolve({ items: many(Number(cursor ?? 0)), next: String(Number(cursor ?? 0) + 100) }));
    const list = new MemberList('g');
    list.follow();
    await vi.runAllTimersAsync();
    list.more();
    list.more();
    await vi.runAllTimersAsync();
    tell(change('member_joined', 'ida'));
    await vi.runAllTimersAsync();
    expect(list.listing.items).toHaveLength(200);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('show a role once the server has taken it, and keep who could not be removed', async () => {
    vi.spyOn(chats, 'members').mockResolvedValue({ items: [member('gina', 'owner'), member('hugo')], next: null });
    vi.spyOn(chats, 'setRole').mockResolvedValue(member('hugo', 'moderator'));
    vi.spyOn(chats, 'remove').mockRejectedValue(new Error('not allowed'));
    const list = new MemberList('g');
    list.follow();
    await vi.runAllTimersAsync();
    await list.setRole(member('hugo'), 'moderator');
    await expect(list.remove(member('gina', 'owner'))).rejects.toThrow();
    expect(names(list)).toEqual(['gina owner', 'hugo moderator']);
  });
});
