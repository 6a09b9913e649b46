import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { communications } from './api.ts';
import CommunicationsPage from './CommunicationsPage.svelte';
import type { State, Summary, Totals } from './types.ts';

const list = vi.spyOn(communications, 'list');
const answer = (state: State, totals: Totals) =>
  list.mockResolvedValue({ items: [{ id: 'c', name: 'Fair', state, channels: ['sms'], clients: 2, send_at: null, started_at: null, starts_at: null, totals } as unknown as Summary], next: null });
let page: Record<string, unknown>;
const later = async (milliseconds: number) => {
  await vi.advanceTimersByTimeAsync(milliseconds);
  flushSync();
};

beforeEach(async () => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  answer('running', { sms: { WAITING: 2 } });
  page = mount(CommunicationsPage, { target: document.body });
  await later(0);
});
afterEach(async () => {
  await unmount(page);
  vi.useRealTimers();
});

it('the list follows what is under way, and rests when nothing is', async () => {
  expect(document.body.textContent).toContain('0 of 2');
  answer('completed', { sms: { SENT: 2 } });
  await later(10_000);
  expect(document.body.textContent).toContain('2 of 2');
  await later(60_000);
  expect(list).toHaveBeenCalledTimes(2);
});
