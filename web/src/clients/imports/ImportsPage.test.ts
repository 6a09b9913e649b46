import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { session } from '../../core/session.svelte.ts';
import type { Me } from '../../core/types.ts';
import { router } from '../../routing/index.ts';
import { turn } from '../../../test/turn.ts';
import { imports } from '../api.ts';
import type { ClientImport } from '../types.ts';
import ImportsPage from './ImportsPage.svelte';

let page: Record<string, unknown> | undefined;
let answer: (made: ClientImport) => void;
let went: ReturnType<typeof vi.spyOn>;
const leave = async () => {
  if (page) await unmount(page);
  page = undefined;
};

beforeEach(() => {
  session.me = { id: 'nora', roles: ['employee', 'communications'] } as Me;
  vi.spyOn(imports, 'list').mockResolvedValue({ items: [], next: null });
  vi.spyOn(imports, 'upload').mockImplementation(() => new Promise((done) => (answer = done)));
  went = vi.spyOn(router, 'go').mockImplementation(() => undefined);
  page = mount(ImportsPage, { target: document.body });
  flushSync();
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  Object.defineProperty(input, 'files', { value: [new File(['email'], 'guests.csv')] });
  Object.defineProperty(input, 'value', { writable: true, value: '' });
  input.dispatchEvent(new Event('change', { bubbles: true }));
});
afterEach(async () => {
  await leave();
  vi.restoreAllMocks();
});

it('a file that has arrived leads to its import', async () => {
  answer({ id: 'guests' } as ClientImport);
  await turn();
  expect(went).toHaveBeenCalledWith('/clients/imports/guests');
});

it('who has left the page meanwhile is not called back', async () => {
  await leave();
  answer({ id: 'guests' } as ClientImport);
  await turn();
  expect(went).not.toHaveBeenCalled();
});

it('nobody else is led to the import', async () => {
  session.me = { id: 'marta', roles: ['employee', 'communications'] } as Me;
  answer({ id: 'guests' } as ClientImport);
  await turn();
  expect(went).not.toHaveBeenCalled();
});
