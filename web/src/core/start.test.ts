import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from './api.ts';
import { awaitingFiles } from './awaitingFiles.ts';
import { live } from './live/live.svelte.ts';
import { session } from './session.svelte.ts';
import { startCore } from './start.svelte.ts';
import type { Me } from './types.ts';

vi.spyOn(live, 'start').mockImplementation(() => undefined);
const askToLeave = vi.fn(async () => false);
startCore(askToLeave);

beforeEach(() => {
  localStorage.clear();
  vi.spyOn(api, 'delete').mockResolvedValue(undefined);
  session.set({ id: 'ida', partners: [] as Me['partners'] } as Me);
});
afterEach(() => awaitingFiles.clear());

it('asks before a message that waits for its files is thrown away', async () => {
  awaitingFiles.add({});
  expect(await session.signOut()).toBe(false);
  expect(askToLeave).toHaveBeenCalledWith(1);
});

it('keeps nothing of what a person who signs out had begun to upload, and all of other people', async () => {
  localStorage.setItem('estafette.upload.ida.9.1.plan.pdf', '/api/v1/uploads/1');
  localStorage.setItem('estafette.upload.oliver.9.1.plan.pdf', '/api/v1/uploads/2');
  expect(await session.signOut()).toBe(true);
  expect(Object.keys(localStorage)).toEqual(['estafette.upload.oliver.9.1.plan.pdf']);
});
