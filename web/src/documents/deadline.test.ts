import { describe, expect, it } from 'vitest';
import { inWords, isOver } from './deadline.ts';

const at = (now: string, zone = 'Europe/Paris') => ({ locale: 'en', zone, now: Date.parse(now) });

describe('a deadline', () => {
  it('is over once its last day is, where the reader is', () => {
    expect(isOver('2026-12-04', at('2026-12-04T22:59:00Z'))).toBe(false);
    expect(isOver('2026-12-04', at('2026-12-04T23:01:00Z'))).toBe(true);
    expect(isOver('2026-12-04', at('2026-12-04T23:01:00Z', 'America/Sao_Paulo'))).toBe(false);
  });

  it('is that day in every zone, with its year when that is another one', () => {
    expect(inWords('2026-12-04', at('2026-11-30T12:00:00Z', 'America/Sao_Paulo'))).toBe('Dec 4');
    expect(inWords('2027-01-04', at('2026-11-30T12:00:00Z'))).toBe('Jan 4, 2027');
  });
});
