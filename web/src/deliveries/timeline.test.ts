import { describe, expect, it } from 'vitest';
import { stepsOf } from './timeline.ts';
import type { Attempt, Delivery, DeliveryDetails, ReceiptSeen } from './types.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 12, 0, 0) + second * 1000).toISOString().replace('.000', '');
const delivery = { created_at: at(0), send_at: at(0) } as Delivery;
const attempt = (ordinal: number, ended: number) => ({ ordinal, started_at: at(ended - 1), ended_at: at(ended) }) as Attempt;
const receipt = (second: number) => ({ received_at: at(second), raw: 'stat:DELIVRD' }) as ReceiptSeen;
const details = (more: Partial<DeliveryDetails>): DeliveryDetails => ({ delivery, changes: [], attempts: [], receipts: [], next_attempt_at: null, ...more });

describe('the time line of a message', () => {
  it('begins with its creation and puts causes before what came of them', () => {
    const steps = stepsOf(
      details({
        changes: [
          { ordinal: 1, at: at(9), status: 'SENT', reason: null },
          { ordinal: 2, at: at(12), status: 'DELIVERED', reason: null },
        ],
        attempts: [attempt(1, 3), attempt(2, 9)],
        receipts: [receipt(12)],
      }),
    );
    expect(steps.map(({ kind }) => kind)).toEqual(['created', 'attempt', 'attempt', 'status', 'receipt', 'status']);
  });

  it('compares moments, not their spelling', () => {
    const changes = [
      { ordinal: 2, at: '2026-11-20T12:00:05.25Z', status: 'DELIVERED' as const, reason: null },
      { ordinal: 1, at: '2026-11-20T12:00:05Z', status: 'SENT' as const, reason: null },
    ];
    expect(stepsOf(details({ changes })).slice(1).map((step) => step.kind === 'status' && step.change.ordinal)).toEqual([1, 2]);
  });

  it('says of a message for later that it was planned', () => {
    expect(stepsOf(details({}))[0]).toMatchObject({ kind: 'created', scheduled: false });
    expect(stepsOf(details({ delivery: { ...delivery, send_at: at(3600) } }))[0]).toMatchObject({ scheduled: true });
  });
});
