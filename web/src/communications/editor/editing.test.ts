import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../core/api.ts';
import { communications } from '../api.ts';
import type { Communication, Plan } from '../types.ts';
import { Editing } from './editing.svelte.ts';
import { freshPlan } from './plan.ts';

const stored = (plan: Plan, revision: number, state: Communication['state'] = 'draft') => ({ ...plan, id: 'one', revision, state }) as Communication;
const made = vi.fn();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  made.mockReset();
});

it('a draft makes itself with the first change and saves the later ones behind it, each once', async () => {
  const editing = new Editing(made);
  editing.begin(freshPlan('en'));
  let answer = (_: Communication) => {};
  const add = vi.spyOn(communications, 'add').mockImplementation(() => new Promise((done) => (answer = done)));
  const change = vi.spyOn(communications, 'change').mockImplementation(async (_, changes) => stored({ ...editing.plan }, changes.revision + 1));
  editing.set({ name: 'S' });
  editing.set({ name: 'Spring' });
  await vi.runAllTimersAsync();
  editing.set({ name: 'Spring menu' });
  await vi.runAllTimersAsync();
  expect([add.mock.calls.length, change.mock.calls.length, editing.unsaved]).toEqual([1, 0, true]);
  answer(stored({ ...freshPlan('en'), name: 'Spring' }, 1));
  await vi.runAllTimersAsync();
  expect(made).toHaveBeenCalledTimes(1);
  expect(change.mock.calls).toEqual([['one', { name: 'Spring menu', revision: 1 }, true]]);
  expect(editing.unsaved).toBe(false);
});

it('what is scheduled is not changed before somebody says so', async () => {
  const editing = new Editing(made);
  editing.show(stored(freshPlan('en'), 3, 'scheduled'));
  const change = vi.spyOn(communications, 'change').mockImplementation(async () => stored(editing.plan, 4, 'scheduled'));
  editing.say('en', 'sms', { text: 'Hello' });
  await vi.runAllTimersAsync();
  expect([change.mock.calls.length, editing.unsaved]).toEqual([0, true]);
  expect(await editing.save()).toBe(true);
  expect(editing.unsaved).toBe(false);
});

it('after a change by somebody else nothing more is sent', async () => {
  const editing = new Editing(made);
  editing.show(stored(freshPlan('en'), 1));
  const change = vi.spyOn(communications, 'change').mockRejectedValue(new ApiProblem(409, { code: 'communication_changed' }, ''));
  editing.set({ name: 'Mine' });
  await vi.runAllTimersAsync();
  editing.set({ name: 'Mine again' });
  await vi.runAllTimersAsync();
  expect([change.mock.calls.length, editing.conflict, editing.unsaved]).toEqual([1, true, true]);
});

it('shows what the server finds wrong beside its field', async () => {
  const editing = new Editing(made);
  editing.show(stored(freshPlan('en'), 1));
  const body = { errors: [{ field: 'schedule.per_minute', code: 'out_of_range', message: 'Too fast.' }] };
  vi.spyOn(communications, 'change').mockRejectedValue(new ApiProblem(422, body, ''));
  editing.set({ name: 'Fast' });
  await vi.runAllTimersAsync();
  expect(editing.field('schedule.per_minute')).toBe('Too fast.');
});
