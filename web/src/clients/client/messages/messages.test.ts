import { describe, expect, it } from 'vitest';
import { merged } from './messages.svelte.ts';
import type { Message } from './types.ts';

const message = (key: string, minute: number) => ({ kind: 'sent', key, at: new Date(minute * 60_000).toISOString() }) as Message;
const keys = (messages: Message[]) => messages.map(({ key }) => key).join('');

describe('what was written to and by a client', () => {
  const sent = [message('a', 9), message('b', 5), message('c', 1)];
  const received = [message('x', 7), message('y', 3)];

  it('stands in one order, the newest first', () => {
    expect(keys(merged(sent, false, received, false))).toBe('axbyc');
  });

  it('goes no further than either side is known', () => {
    expect(keys(merged(sent, true, received, true))).toBe('axby');
    expect(keys(merged(sent.slice(0, 1), true, received, false))).toBe('a');
  });
});
