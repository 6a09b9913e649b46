import type { DeliveryStatus } from '../core/types.ts';
import { describe, expect, it } from 'vitest';
import { shares, tally } from './tally.ts';

const count = (gateway: string, status: DeliveryStatus, number: number) => ({ gateway_id: gateway, gateway, status, count: number });
const nobody = { gateway_id: null, gateway: null };

describe('the figures of the gateways', () => {
  it('join the kinds of failure and put the busiest first', () => {
    const lines = tally([
      count('slow', 'SENT', 3),
      count('fast', 'SENT', 90),
      count('fast', 'DELIVERED', 80),
      count('fast', 'OPERATOR_ERROR', 4),
      count('fast', 'RECEIVER_ERROR', 1),
      { ...nobody, status: 'SYSTEM_ERROR', count: 500 },
    ]);
    expect(lines.map(({ gateway }) => gateway)).toEqual(['fast', 'slow', null]);
    expect(lines[0]).toMatchObject({ sent: 90, delivered: 80, failed: 5 });
  });

  it('never say that more arrived than was sent', () => {
    expect(tally([count('folder', 'DELIVERED', 7)])[0]).toMatchObject({ sent: 7, delivered: 7 });
  });

  it('show a gateway that swallows everything', () => {
    expect(tally([count('hole', 'UNCERTAIN', 9)])).toMatchObject([{ gateway: 'hole', sent: 0, failed: 0, unknown: 9 }]);
  });

  it('count no failure where nothing was to be sent', () => {
    expect(tally([count('sms', 'CANCELLED', 2), count('sms', 'SUPPRESSED', 1)])).toEqual([]);
  });

  it('fill a bar exactly', () => {
    const { delivered, failed, open } = shares({ gateway_id: 'a', gateway: 'a', sent: 200, delivered: 150, failed: 10, unknown: 0 });
    expect([delivered, failed, open]).toEqual([75, 5, 20]);
    const early = shares({ gateway_id: 'a', gateway: 'a', sent: 0, delivered: 0, failed: 3, unknown: 0 });
    expect([early.failed, early.open]).toEqual([100, 0]);
  });
});
