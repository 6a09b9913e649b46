import { describe, expect, it } from 'vitest';
import { nearest, pathOf, runningTotals, scale } from './chart.ts';

const span = (minute: number, sent: number, delivered = 0, failed = 0) => ({ at: new Date(minute * 60_000).toISOString(), sent, delivered, failed });

describe('the chart of a communication', () => {
  const points = runningTotals([span(0, 10), span(1, 5, 8), span(5, 0, 4, 2)], 60);

  it('adds up from nothing, and stands still while nothing happens', () => {
    expect(points.map(({ at, sent, delivered, failed }) => [at / 60_000, sent, delivered, failed])).toEqual([
      [0, 0, 0, 0],
      [1, 10, 0, 0],
      [2, 15, 8, 0],
      [5, 15, 8, 0],
      [6, 15, 12, 2],
    ]);
    expect(runningTotals([], 60)).toEqual([]);
  });

  it.each([
    [0, 1],
    [1, 1],
    [7, 8],
    [15, 15],
    [300, 300],
    [970, 1000],
    [1_000_000, 1_000_000],
  ])('has a scale of round numbers: %i ends at %i', (most, top) => {
    const found = scale(most);
    expect(found.top).toBe(top);
    expect(found.marks.length).toBeLessThanOrEqual(5);
    expect(found.marks.every(Number.isInteger)).toBe(true);
  });

  it('draws a line from the foot on the left to the end on the right', () => {
    const path = pathOf(points, 'sent', 15);
    expect(path).toMatch(/^M0 100L/);
    expect(path).toMatch(/L100 0$/);
    expect(pathOf([], 'sent', 1)).toBe('');
  });

  it('finds what was at a place', () => {
    expect(nearest(points, 0.34)!.sent).toBe(15);
    expect(nearest(points, 0)!.sent).toBe(0);
  });
});
