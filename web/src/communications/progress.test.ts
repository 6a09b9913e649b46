import { expect, it } from 'vitest';
import { progressOf } from './progress.ts';

it('adds up the channels of a communication, and knows what came of nothing', () => {
  const totals = { email: { DELIVERED: 7, SENT: 2, RECEIVER_ERROR: 1, SKIPPED: 3 }, sms: { WAITING: 4, CREATED: 1, UNCERTAIN: 1 } };
  expect(progressOf(totals)).toEqual({ gone: 10, failed: 1, waiting: 5, skipped: 3, all: 19 });
  expect(progressOf({}).all).toBe(0);
});
