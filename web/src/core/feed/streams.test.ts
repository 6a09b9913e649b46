import { describe, expect, it } from 'vitest';
import type { Frame } from '../live/frames.ts';
import { Streams } from './streams.ts';

type PartyFrame = Extract<Frame, { type: 'party' }>;

function frame(party: string, after: number, until: number): PartyFrame {
  const numbers = Array.from({ length: until - after }, (_, index) => after + index + 1);
  return { type: 'party', party, after, until, changes: numbers.map((number) => ({ number, kind: 'profile_changed', subject: party, at: '2026-05-17T09:30:00Z' })) };
}

const numbers = (streams: Streams, frame: PartyFrame) => streams.take(frame).fresh.map(({ number }) => number);

describe('the streams of persons and partners', () => {
  it('begin wherever their first frame begins', () => {
    expect(new Streams().take(frame('a', 40, 41)).missed).toBe(false);
  });

  it('go on step by step, each for itself', () => {
    const streams = new Streams();
    streams.take(frame('a', 1, 2));
    streams.take(frame('b', 7, 8));
    expect(streams.take(frame('a', 2, 3)).missed).toBe(false);
    expect(streams.take(frame('b', 8, 9)).missed).toBe(false);
  });

  it('tell once what comes twice', () => {
    const streams = new Streams();
    expect(numbers(streams, frame('a', 1, 3))).toEqual([2, 3]);
    expect(numbers(streams, frame('a', 2, 3))).toEqual([]);
    expect(numbers(streams, frame('a', 2, 4))).toEqual([4]);
  });

  it('notice what was missed, and tell what came all the same', () => {
    const streams = new Streams();
    streams.take(frame('a', 1, 2));
    const step = streams.take(frame('a', 4, 5));
    expect([step.missed, step.fresh.length]).toEqual([true, 1]);
    expect(streams.take(frame('a', 5, 6)).missed).toBe(false);
  });

  it('begin anew when the state is read', () => {
    const streams = new Streams();
    streams.take(frame('a', 1, 2));
    streams.forget();
    expect(streams.take(frame('a', 9, 10)).missed).toBe(false);
  });
});
