import { mount, unmount } from 'svelte';
import { expect, it } from 'vitest';
import type { Communication } from '../types.ts';
import Facts from './Facts.svelte';

it('channels that follow each other stand in their order', () => {
  const communication = { kind: 'campaign', state: 'draft', mode: 'ladder', channels: ['whatsapp', 'sms'], audience: { kind: 'everyone' }, schedule: { step_after: 1800, error_limit: null } } as unknown as Communication;
  const facts = mount(Facts, { target: document.body, props: { communication } });
  expect(document.body.textContent).toContain('WhatsApp → SMS');
  void unmount(facts);
});
