import { beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => {
  sessionStorage.clear();
  vi.resetModules();
  vi.restoreAllMocks();
});

const load = async () => (await import('./unconfirmed.svelte.ts')).dismissal;

test('what was put aside stays aside when the page is loaded again, for that address', async () => {
  (await load()).dismiss('ann@example.com');
  vi.resetModules();
  expect((await load()).email).toBe('ann@example.com');
});

test('without storage it is remembered until the page is loaded again', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('forbidden');
  });
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('forbidden');
  });
  const dismissal = await load();
  expect(dismissal.email).toBe('');
  dismissal.dismiss('ann@example.com');
  expect(dismissal.email).toBe('ann@example.com');
});
