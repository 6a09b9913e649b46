import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Said } from './frames.ts';
import { Activity, IDLE_AFTER } from './activity.ts';

let said: string[];
let greeting: () => Said;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  new Activity({
    send: ({ type }) => said.push(type),
    greet: (given) => ((greeting = given), () => undefined),
  }).start();
});
afterEach(() => vi.useRealTimers());

const use = (sign: string) => window.dispatchEvent(new Event(sign));

describe('whether a window is used', () => {
  it('is told once when nobody has used it for ten minutes, and when somebody does again', () => {
    vi.advanceTimersByTime(IDLE_AFTER * 3);
    expect(said).toEqual(['idle']);
    use('pointermove');
    use('keydown');
    expect(said).toEqual(['idle', 'active']);
  });

  it('begins anew with each sign of somebody', () => {
    for (let times = 0; times < 5; times += 1) {
      vi.advanceTimersByTime(IDLE_AFTER - 60_000);
      use('wheel');
    }
    expect(said).toEqual([]);
  });

  it('is the first word on a new connection', () => {
    expect(greeting()).toEqual({ type: 'active' });
    vi.advanceTimersByTime(IDLE_AFTER + 60_000);
    expect(greeting()).toEqual({ type: 'idle' });
  });
});
