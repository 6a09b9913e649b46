import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { session } from '../../core/session.svelte.ts';
import type { Me } from '../../core/types.ts';
import { OpenConversation } from './openConversation.svelte.ts';
import ThreadBody from './ThreadBody.svelte';

let shown: ReturnType<typeof mount>;
const field = () => document.querySelector('textarea')!;

beforeEach(() => {
  localStorage.clear();
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
});
afterEach(() => {
  void unmount(shown);
  session.me = null;
  vi.unstubAllGlobals();
});

it('keeps what is written when the reader is read anew', () => {
  session.me = { id: 'ida', name: 'Ida' } as Me;
  shown = mount(ThreadBody, { target: document.body, props: { opened: new OpenConversation({ conversation: 'c' }), label: 'Message' } });
  flushSync();
  field().value = 'Half a thought';
  field().dispatchEvent(new Event('input', { bubbles: true }));
  localStorage.clear();
  session.me = { id: 'ida', name: 'Ida Berg' } as Me;
  flushSync();
  expect(field().value).toBe('Half a thought');
});
