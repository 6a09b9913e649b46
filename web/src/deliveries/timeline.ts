/** All that is known of a message in one order: when it was written, each attempt, receipt and status. Pure. */
import type { Iso } from '../core/types.ts';
import type { Attempt, DeliveryDetails, ReceiptSeen, StatusChange } from './types.ts';

export type Step =
  | { kind: 'created'; at: Iso; scheduled: boolean }
  | { kind: 'attempt'; at: Iso; attempt: Attempt }
  | { kind: 'receipt'; at: Iso; receipt: ReceiptSeen }
  | { kind: 'status'; at: Iso; change: StatusChange };

/** At the same moment the cause stands before what came of it. */
const ranks: Record<Step['kind'], number> = { created: 0, attempt: 1, receipt: 2, status: 3 };
/** A message that was to wait at least so long was planned for later. */
const PLANNED = 5_000;

/** Oldest first. */
export function stepsOf({ delivery, changes, attempts, receipts }: DeliveryDetails): Step[] {
  const steps: Step[] = [
    { kind: 'created', at: delivery.created_at, scheduled: isScheduled(delivery) },
    ...attempts.map((attempt): Step => ({ kind: 'attempt', at: attempt.ended_at, attempt })),
    ...receipts.map((receipt): Step => ({ kind: 'receipt', at: receipt.received_at, receipt })),
    ...changes.map((change): Step => ({ kind: 'status', at: change.at, change })),
  ];
  return steps
    .map((step) => ({ step, time: Date.parse(step.at) }))
    .sort((a, b) => a.time - b.time || ranks[a.step.kind] - ranks[b.step.kind] || ordinal(a.step) - ordinal(b.step))
    .map(({ step }) => step);
}

export function isScheduled({ created_at, send_at }: Pick<DeliveryDetails['delivery'], 'created_at' | 'send_at'>): boolean {
  return Date.parse(send_at) - Date.parse(created_at) > PLANNED;
}

function ordinal(step: Step): number {
  if (step.kind === 'status') return step.change.ordinal;
  return step.kind === 'attempt' ? step.attempt.ordinal : 0;
}
