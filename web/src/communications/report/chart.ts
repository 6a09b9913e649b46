/** What a chart of a communication over time is made of: what had happened by when, round numbers, lines. Pure. */
import type { Iso } from '../../core/types.ts';
import type { Totals } from '../types.ts';
import { figuresOfAll } from './figures.ts';

/** The totals as they were at a moment. */
export interface Snapshot {
  at: Iso;
  totals: Totals;
}
export type Line = 'sent' | 'delivered' | 'failed';
export const lines: Line[] = ['sent', 'delivered', 'failed'];

export interface Point extends Record<Line, number> {
  /** Milliseconds since the epoch. */
  at: number;
}

/** Snapshots are taken each minute in which something changes, or more often. */
const MINUTE = 60_000;

/** From nothing at the beginning on; what an operator could not deliver has gone out all the same. */
export function pointsOf(snapshots: Snapshot[], begun: Iso | null): Point[] {
  const points = snapshots.map(({ at, totals }) => {
    const { delivered, sent, uncertain, failed } = figuresOfAll(totals).of;
    const lost = Object.values(totals).reduce((sum, counts) => sum + (counts?.OPERATOR_ERROR ?? 0), 0);
    return { at: Date.parse(at), sent: delivered + sent + uncertain + lost, delivered, failed };
  });
  const first = points[0];
  if (!first) return [];
  const start = begun ? Date.parse(begun) : first.at;
  return still(start < first.at ? [{ at: start, sent: 0, delivered: 0, failed: 0 }, ...points] : points);
}

/** Where there is no snapshot for long, nothing changed until just before the next one. */
function still(points: Point[]): Point[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before && point.at - before.at > 2 * MINUTE ? [{ ...before, at: point.at - MINUTE }, point] : [point];
  });
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
