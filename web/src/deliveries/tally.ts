/** What the gateways made of the messages, in figures that a glance understands. Pure. */
import type { DeliveryStatus, Id } from '../core/types.ts';
import type { StatusCount } from './types.ts';

export interface Tally {
  /** Null: messages that no gateway took. */
  gateway_id: Id | null;
  gateway: string | null;
  sent: number;
  delivered: number;
  failed: number;
  /** Handed over, and no answer came: nobody knows. */
  unknown: number;
}

const failures = new Set<DeliveryStatus>(['SYSTEM_ERROR', 'RECEIVER_ERROR', 'OPERATOR_ERROR', 'EXPIRED']);

/** One line per gateway, the busiest first, what no gateway took last. */
export function tally(counts: StatusCount[]): Tally[] {
  const lines = new Map<Id | null, Tally>();
  for (const { gateway_id, gateway, status, count } of counts) {
    const line = lines.get(gateway_id) ?? { gateway_id, gateway, sent: 0, delivered: 0, failed: 0, unknown: 0 };
    lines.set(gateway_id, line);
    if (status === 'SENT') line.sent += count;
    else if (status === 'DELIVERED') line.delivered += count;
    else if (status === 'UNCERTAIN') line.unknown += count;
    else if (failures.has(status)) line.failed += count;
  }
  // A gateway whose acceptance is the proof of arrival never says "sent" by itself.
  for (const line of lines.values()) line.sent = Math.max(line.sent, line.delivered);
  const weight = ({ gateway_id, sent, failed, unknown }: Tally) => (gateway_id === null ? -1 : sent + failed + unknown);
  return [...lines.values()].filter(({ sent, failed, unknown }) => sent + failed + unknown > 0).sort((a, b) => weight(b) - weight(a));
}

/** The parts of a bar in hundredths of its width: delivered, failed, and on the way between them. */
export function shares({ sent, delivered, failed }: Tally): { delivered: number; failed: number; open: number } {
  const whole = Math.max(sent, delivered + failed, 1);
  const open = whole - delivered - failed;
  return { delivered: (delivered / whole) * 100, failed: (failed / whole) * 100, open: (open / whole) * 100 };
}
