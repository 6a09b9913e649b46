import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, NetworkFailure } from '../core/api.ts';
import type { ContactProfile, Me } from '../core/types.ts';
import { missingIn, plainNumber, profileFor } from './profiles.ts';
import { requestDrafts } from './requestDrafts.ts';

vi.mock('./api.ts', () => ({
  requests: { leave: vi.fn(async (body: object) => ({ id: 'r', ...body })) },
  profiles: {
    list: vi.fn(async () => stored),
    change: vi.fn(async (id: string, fields: object) => ({ ...stored.find((each) => each.id === id), ...fields })),
    add: vi.fn(async (fields: object) => ({ id: 'fresh', is_default: false, ...fields })),
  },
}));
let stored: ContactProfile[] = [];
const { requests, profiles } = await import('./api.ts');
const { RequestSender } = await import('./requestSender.svelte.ts');

const about = { partner: 'p', title: 'Globe' };
const draft = { starts_at: '2026-03-12', message: 'Hello', phone: '+33 6 12 34 56 78' };
const profile = (id: string, more: Partial<ContactProfile> = {}): ContactProfile => ({ id, label: id, email: 'ann@example.com', phone: null, is_default: false, ...more });
const me = { id: 'ann', email: 'ann@example.com', partners: [] } as unknown as Me;

describe('the profile of a request', () => {
  it('is the one that has the number, however it is written', () => {
    const all = [profile('a', { is_default: true, phone: '+331' }), profile('b', { phone: '+33612345678' })];
    expect(profileFor(all, '0033 6 12-34 56 78')?.id).toBe('b');
    expect(profileFor(all, '')?.id).toBe('a');
  });
  it('is completed when it has no number, and never bent to another one', () => {
    expect(profileFor([profile('a', { is_default: true })], '+331')?.id).toBe('a');
    expect(profileFor([profile('a', { is_default: true, phone: '+332' })], '+331')).toBeNull();
  });
  it('says what is missing', () => {
    expect(missingIn(profile('a'))).toEqual(['phone']);
    expect(missingIn({ email: null, phone: '+331' })).toEqual(['email']);
    expect(plainNumber('00 33 (0)1')).toBe('+3301');
  });
});

describe('what a visitor filled in', () => {
  beforeEach(() => {
    localStorage.clear();
    stored = [profile('a', { is_default: true })];
    vi.clearAllMocks();
  });

  it('keeps one key, and goes out once with it when it was wanted', async () => {
    requestDrafts.write('x', about, { ...draft, message: 'Hel' });
    const key = requestDrafts.read('x')?.key;
    requestDrafts.write('x', about, draft, true);
    requestDrafts.write('y', about, draft);
    const requestSender = new RequestSender();
    await Promise.all([requestSender.deliver(me), requestSender.deliver(me)]);
    await requestSender.deliver(me);
    expect(vi.mocked(requests.leave).mock.calls).toEqual([[{ advert_id: 'x', profile_id: 'a', message: 'Hello', starts_at: '2026-03-12' }, key]]);
    expect(profiles.change).toHaveBeenCalledExactlyOnceWith('a', { phone: '+33612345678' });
    expect(requestDrafts.read('x')).toBeNull();
    expect(requestDrafts.read('y')?.message).toBe('Hello');
  });

  it('goes out with a profile of its own when all others have another number', async () => {
    stored = [profile('a', { is_default: true, phone: '+332' })];
    requestDrafts.write('x', about, draft, true);
    await new RequestSender().deliver(me);
    expect(profiles.add).toHaveBeenCalledExactlyOnceWith({ label: '+33612345678', email: 'ann@example.com', phone: '+33612345678' });
    expect(vi.mocked(requests.leave).mock.calls[0]?.[0]).toMatchObject({ profile_id: 'fresh' });
  });

  it('waits for the next time when there is no answer, and is a draft again when it was refused', async () => {
    requestDrafts.write('x', about, draft, true);
    const requestSender = new RequestSender();
    vi.mocked(requests.leave).mockRejectedValueOnce(new NetworkFailure());
    await requestSender.deliver(me);
    expect(requestDrafts.read('x')?.wanted).toBe(true);
    vi.mocked(requests.leave).mockRejectedValueOnce(new ApiProblem(422, {}, ''));
    await requestSender.deliver(me);
    expect(requestDrafts.read('x')).toMatchObject({ wanted: false, message: 'Hello' });
    expect(requestSender.of('x')).toMatchObject({ is: 'failed', tried: { body: { profile_id: 'a' } } });
  });

  it('is left to whoever looks at the form once something went wrong', async () => {
    requestDrafts.write('x', about, draft, true);
    const requestSender = new RequestSender();
    requestSender.watch('x');
    vi.mocked(requests.leave).mockRejectedValueOnce(new NetworkFailure());
    await requestSender.deliver(me);
    await requestSender.deliver(me);
    expect(requests.leave).toHaveBeenCalledTimes(1);
  });

  it('does not go to the partner that one belongs to, and is a draft after hours', async () => {
    requestDrafts.write('x', about, draft, true);
    await new RequestSender().deliver({ ...me, partners: [{ id: 'p', name: 'P', picture: null, role: 'owner' }] });
    expect(requestDrafts.read('x')).toBeNull();
    requestDrafts.write('x', about, draft, true);
    vi.useFakeTimers({ now: Date.now() + 3 * 60 * 60_000 });
    await new RequestSender().deliver(me);
    vi.useRealTimers();
    expect(requests.leave).not.toHaveBeenCalled();
    expect(requestDrafts.read('x')?.message).toBe('Hello');
  });

  it('survives a spoilt store', () => {
    localStorage.setItem('estafette.request.x', '{"starts_at": 1}');
    expect(requestDrafts.read('x')).toBeNull();
  });
});
