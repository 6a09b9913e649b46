/** What a chart of a communication over time is made of: running totals, round numbers beside it, lines. Pure. */
import type { Iso } from '../../core/types.ts';

/** What happened in one span of time that begins at `at`. */
export interface Span {
  at: Iso;
  sent: number;
  delivered: number;
  failed: number;
}
export type Line = 'sent' | 'delivered' | 'failed';
export const lines: Line[] = ['sent', 'delivered', 'failed'];

export interface Point extends Record<Line, number> {
  /** Milliseconds since the epoch. */
  at: number;
}

/** How many there were by the end of each span, from nothing at the beginning on. */
export function runningTotals(spans: Span[], seconds: number): Point[] {
  const first = spans[0];
  if (!first) return [];
  let [sent, delivered, failed] = [0, 0, 0];
  const points: Point[] = [{ at: Date.parse(first.at), sent, delivered, failed }];
  for (const span of spans) {
    sent += span.sent;
    delivered += span.delivered;
    failed += span.failed;
    const [begins, ends] = [Date.parse(span.at), Date.parse(span.at) + seconds * 1000];
    // Nothing happened between the spans that are told.
    const last = points.at(-1)!;
    if (begins > last.at) points.push({ ...last, at: begins });
    points.push({ at: ends, sent, delivered, failed });
  }
  return points;
}

/** The end of the scale: the next round number, and the marks up to it. */
export function scale(most: number): { top: number; marks: number[] } {
  const power = 10 ** Math.floor(Math.log10(Math.max(most, 1) / 4));
  const step = Math.max(1, [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each * 4 >= most && Number.isInteger(each)) ?? 1);
  const count = Math.max(1, Math.ceil(most / step));
  return { top: step * count, marks: Array.from({ length: count + 1 }, (_, index) => index * step) };
}

/** A line through the points in a box of 100 by 100, its foot at 100. */
export function pathOf(points: Point[], line: Line, top: number): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return '';
  const span = Math.max(1, last.at - first.at);
  return points.map((point, index) => `${index ? 'L' : 'M'}${round(((point.at - first.at) / span) * 100)} ${round(100 - (point[line] / top) * 100)}`).join('');
}

/** The point that lies nearest to a place between 0 and 1. */
export function nearest(points: Point[], place: number): Point | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return undefined;
  const at = first.at + place * (last.at - first.at);
  return points.reduce((best, point) => (Math.abs(point.at - at) < Math.abs(best.at - at) ? point : best));
}

const round = (value: number) => Math.round(value * 100) / 100;
