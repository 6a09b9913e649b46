/** Totals by status as the few figures that people ask for: how many it reached, and where the others are. Pure. */
import type { Channel, Status, Totals } from '../types.ts';

export type Group = 'delivered' | 'sent' | 'uncertain' | 'failed' | 'left' | 'waiting';

/** In the order in which they stand in a bar: what is over comes first. */
export const groups: Group[] = ['delivered', 'sent', 'uncertain', 'failed', 'left', 'waiting'];

export const groupOf: Record<Status, Group> = {
  DELIVERED: 'delivered',
  SENT: 'sent',
  UNCERTAIN: 'uncertain',
  SYSTEM_ERROR: 'failed',
  RECEIVER_ERROR: 'failed',
  OPERATOR_ERROR: 'failed',
  EXPIRED: 'failed',
  SKIPPED: 'left',
  SUPPRESSED: 'left',
  CANCELLED: 'left',
  WAITING: 'waiting',
  CREATED: 'waiting',
};

export interface Figures {
  all: number;
  /** Nothing more is done about them. */
  done: number;
  of: Record<Group, number>;
}

/** The figures of one channel, or of several together. */
export function figuresOf(...counts: (Partial<Record<Status, number>> | undefined)[]): Figures {
  const of: Record<Group, number> = { delivered: 0, sent: 0, uncertain: 0, failed: 0, left: 0, waiting: 0 };
  for (const count of counts) {
    for (const [status, number] of Object.entries(count ?? {})) of[groupOf[status as Status]] += number;
  }
  const all = groups.reduce((sum, group) => sum + of[group], 0);
  return { all, done: all - of.waiting, of };
}

export const figuresOfAll = (totals: Totals): Figures => figuresOf(...Object.values(totals));

/** Each channel that has recipients, in the given order. */
export function byChannel(totals: Totals, order: Channel[]): { channel: Channel; figures: Figures }[] {
  return order.map((channel) => ({ channel, figures: figuresOf(totals[channel]) }));
}

export interface Part {
  group: Group;
  /** Both in percent of the whole bar. */
  from: number;
  width: number;
}

/** The parts of a bar; whatever there is of something is wide enough to be seen. */
export function partsOf({ all, of }: Figures, least = 0.6): Part[] {
  if (!all) return [];
  const there = groups.filter((group) => of[group]);
  const widths = there.map((group) => Math.max(least, (of[group] / all) * 100));
  const scale = 100 / widths.reduce((sum, width) => sum + width, 0);
  let from = 0;
  return there.map((group, index) => {
    const width = widths[index]! * scale;
    const part = { group, from, width };
    from += width;
    return part;
  });
}

/** A share in whole percent that says 0 or 100 only where it is none or all. */
export function percent(part: number, all: number): number {
  if (!all || !part) return 0;
  if (part >= all) return 100;
  return Math.min(99, Math.max(1, Math.round((part / all) * 100)));
}
