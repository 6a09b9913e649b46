import { describe, expect, it } from 'vitest';
import { workingNow } from './workingNow.ts';

const gina = {
  working_hours: [
    { day: 0, opens: '09:00', closes: '17:00' },
    { day: 1, opens: '09:00', closes: '17:00' },
  ],
  time_zone: 'America/Sao_Paulo',
};
// 5 January 2026 is a Monday; São Paulo is three hours behind UTC.
const at = (time: string) => workingNow(gina, Date.parse(`${time}Z`), 'en-GB');

describe('whether a colleague is at work', () => {
  it('goes by their clock, not by the reader’s', () => {
    expect(at('2026-01-05T11:59')).toBe('Back at 09:00 their time');
    expect(at('2026-01-05T12:00')).toBe('At work, until 17:00 their time');
    expect(at('2026-01-05T20:00')).toBe('Back tomorrow at 09:00 their time');
    expect(at('2026-01-06T20:00')).toBe('Back on Monday at 09:00 their time');
  });

  it('says nothing where no hours are known', () => {
    expect(workingNow({ working_hours: [], time_zone: 'Europe/Paris' }, 0, 'en-GB')).toBeNull();
  });
});
