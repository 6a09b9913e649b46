import { describe, expect, it } from 'vitest';
import { figuresOf, figuresOfAll, partsOf, percent } from './figures.ts';

describe('the figures of a communication', () => {
  it('put statuses together that mean the same for who reads them', () => {
    const { all, done, of } = figuresOf({ DELIVERED: 5, SENT: 2, OPERATOR_ERROR: 1, EXPIRED: 1, SKIPPED: 3, WAITING: 4, CREATED: 4 });
    expect(of).toEqual({ delivered: 5, sent: 2, uncertain: 0, failed: 2, left: 3, waiting: 8 });
    expect([all, done]).toEqual([20, 12]);
  });

  it('add the channels up', () => {
    expect(figuresOfAll({ sms: { DELIVERED: 2 }, email: { DELIVERED: 1, WAITING: 1 } }).of.delivered).toBe(3);
  });

  it('fill a bar, in which the smallest part can be seen', () => {
    const parts = partsOf(figuresOf({ DELIVERED: 999_999, SYSTEM_ERROR: 1 }));
    expect(parts.map(({ group }) => group)).toEqual(['delivered', 'failed']);
    expect(parts[1]!.width).toBeGreaterThan(0.5);
    expect(parts.at(-1)!.from + parts.at(-1)!.width).toBeCloseTo(100);
    expect(partsOf(figuresOf({}))).toEqual([]);
  });

  it('say that all arrived only when all did', () => {
    expect([percent(0, 10), percent(1, 1000), percent(999, 1000), percent(1000, 1000), percent(0, 0)]).toEqual([0, 1, 99, 100, 0]);
  });
});
