/** What the totals of a communication say together: how many went out, failed, wait, or get nothing. Pure. */
import type { State, Status, Summary, Totals } from './types.ts';

export type Part = 'gone' | 'failed' | 'waiting' | 'skipped';
export const parts: Part[] = ['gone', 'failed', 'skipped', 'waiting'];

const partOf: Record<Status, Part> = {
  WAITING: 'waiting',
  CREATED: 'waiting',
  SENT: 'gone',
  DELIVERED: 'gone',
  // It may have arrived.
  UNCERTAIN: 'gone',
  SYSTEM_ERROR: 'failed',
  RECEIVER_ERROR: 'failed',
  OPERATOR_ERROR: 'failed',
  EXPIRED: 'failed',
  CANCELLED: 'skipped',
  SUPPRESSED: 'skipped',
  SKIPPED: 'skipped',
};

export interface Progress extends Record<Part, number> {
  all: number;
}

/** Messages of all channels together. */
export function progressOf(totals: Totals): Progress {
  const found: Progress = { gone: 0, failed: 0, waiting: 0, skipped: 0, all: 0 };
  for (const counts of Object.values(totals)) {
    for (const [status, count] of Object.entries(counts ?? {})) {
      found[partOf[status as Status]] += count;
      found.all += count;
    }
  }
  return found;
}

export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'info';

export const stateTone: Record<State, Tone> = {
  draft: 'neutral',
  scheduled: 'info',
  preparing: 'info',
  running: 'info',
  paused: 'warning',
  completed: 'success',
  cancelling: 'warning',
  cancelled: 'neutral',
  failed: 'danger',
};

/** Until it begins everything of it can be changed; while it is paused, its texts and pace. */
export const changeable = (state: State) => state === 'draft' || state === 'scheduled' || state === 'paused';

/** Whether something becomes of it by now without anybody's doing. */
export function moving({ state, starts_at }: Pick<Summary, 'state' | 'starts_at'>, now: number): boolean {
  if (state === 'scheduled') return starts_at !== null && Date.parse(starts_at) <= now;
  return state === 'preparing' || state === 'running' || state === 'cancelling';
}
