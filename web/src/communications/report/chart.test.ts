import { describe, expect, it } from 'vitest';
import { nearest, pathOf, pointsOf, scale } from './chart.ts';

const at = (minute: number) => new Date(minute * 60_000).toISOString();

describe('the chart of a communication', () => {
  const points = pointsOf(
    [
      { at: at(1), totals: { sms: { WAITING: 7, SENT: 8, DELIVERED: 2 } } },
      { at: at(5), totals: { sms: { DELIVERED: 9, OPERATOR_ERROR: 5 }, email: { SENT: 1, SYSTEM_ERROR: 1 } } },
    ],
    at(0),
  );

  it('stands still while nothing happens, and begins with nothing; what did not arrive had gone out, unless it was refused here', () => {
    expect(points.map((point) => [point.at / 60_000, point.sent, point.delivered, point.failed])).toEqual([
      [0, 0, 0, 0],
      [1, 10, 2, 0],
      [4, 10, 2, 0],
      [5, 15, 9, 6],
    ]);
    expect(pointsOf([], null)).toEqual([]);
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
    expect(nearest(points, 0.34)!.sent).toBe(10);
    expect(nearest(points, 0)!.sent).toBe(0);
  });
});
