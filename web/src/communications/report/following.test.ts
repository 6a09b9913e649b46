import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turn } from '../../../test/turn.ts';
import { live } from '../../core/live/live.svelte.ts';
import { communications } from '../api.ts';
import type { Communication, State, Totals } from '../types.ts';
import { reports } from './api.ts';
import { Followed } from './following.svelte.ts';

const said = vi.spyOn(live, 'send').mockImplementation(() => undefined);
const get = vi.spyOn(communications, 'get');
const failures = vi.spyOn(reports, 'failures').mockResolvedValue([]);
const timeline = vi.spyOn(reports, 'timeline').mockResolvedValue({ items: [], states: [] });

const of = (state: State, revision: number, totals: Totals = {}) => ({ id: 'c', state, revision, totals }) as Communication;
const frame = (revision: number, totals: Totals, state: State = 'running', id = 'c') => ({ type: 'communication' as const, id, state, revision, totals });
let followed: Followed;
let leave: () => void;

beforeEach(async () => {
  vi.clearAllMocks();
  get.mockResolvedValue(of('running', 3, { sms: { WAITING: 2 } }));
  followed = new Followed('c');
  leave = followed.follow();
  await turn();
});
afterEach(() => leave());

describe('a communication that somebody looks at', () => {
  it('is watched until nobody does', () => {
    expect(said).toHaveBeenCalledWith({ type: 'watch', conversation: 'c' });
    leave();
    expect(said).toHaveBeenLastCalledWith({ type: 'unwatch', conversation: 'c' });
  });

  it('takes its totals from frames, without asking again', () => {
    followed.take(frame(3, { sms: { SENT: 2 } }));
    expect(followed.communication!.totals).toEqual({ sms: { SENT: 2 } });
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('leaves frames aside that are of another one, or older than what it knows', () => {
    followed.take(frame(2, { sms: { SENT: 1 } }));
    followed.take(frame(9, { sms: { SENT: 9 } }, 'running', 'other'));
    expect(followed.communication!.totals).toEqual({ sms: { WAITING: 2 } });
  });

  it('is read again when its state is another', async () => {
    get.mockResolvedValue({ ...of('paused', 4), pause_reason: 'errors' });
    followed.take(frame(4, {}, 'paused'));
    await turn();
    expect([get.mock.calls.length, followed.communication!.pause_reason, followed.works]).toEqual([2, 'errors', false]);
  });

  it('reads its failures again when reports come in after its end', async () => {
    get.mockResolvedValue(of('completed', 4, { sms: { SENT: 2 } }));
    followed.take(frame(4, { sms: { SENT: 2 } }, 'completed'));
    await turn();
    vi.useFakeTimers();
    const before = failures.mock.calls.length;
    followed.take(frame(4, { sms: { SENT: 1, OPERATOR_ERROR: 1 } }, 'completed'));
    followed.take(frame(4, { sms: { OPERATOR_ERROR: 2 } }, 'completed'));
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(failures.mock.calls.length).toBe(before + 1);
  });

  it('keeps what a pause did', async () => {
    const outcome = { state: 'paused' as const, revision: 4, waiting: 1, cancelled: 0, gone_out: 1, in_flight: 0 };
    vi.spyOn(communications, 'pause').mockResolvedValue(outcome);
    get.mockResolvedValue(of('paused', 4));
    await followed.run('pause');
    expect(followed.outcome).toEqual({ verb: 'pause', outcome });
    get.mockResolvedValue(of('running', 5));
    followed.take(frame(5, {}));
    await turn();
    expect(followed.outcome).toBeNull();
  });

  it('draws its chart as soon as the first has gone out', async () => {
    vi.useFakeTimers();
    const asked = timeline.mock.calls.length;
    followed.take(frame(3, { sms: { WAITING: 1, SENT: 1 } }));
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    expect(timeline).toHaveBeenCalledTimes(asked + 1);
  });
});
