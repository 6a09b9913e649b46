import { describe, expect, it } from 'vitest';
import { inHours, isActive, tomorrowMorning, untilInWords } from './disturb.ts';

const now = Date.parse('2026-03-12T15:15:00Z');
const reader = { locale: 'en-GB', zone: 'Europe/Paris', now };

describe('do not disturb', () => {
  it('lasts until eight in the morning of the zone', () => {
    expect(tomorrowMorning(now, 'Europe/Paris')).toBe('2026-03-13T07:00:00.000Z');
    expect(tomorrowMorning(now, 'America/Sao_Paulo')).toBe('2026-03-13T11:00:00.000Z');
  });
  it('means the same day to who is still up', () => {
    expect(tomorrowMorning(now, 'Asia/Tokyo')).toBe('2026-03-12T23:00:00.000Z');
    expect(tomorrowMorning(Date.parse('2026-03-12T00:40:00Z'), 'Europe/Paris')).toBe('2026-03-12T07:00:00.000Z');
    expect(tomorrowMorning(Date.parse('2026-03-12T04:40:00Z'), 'Europe/Paris')).toBe('2026-03-13T07:00:00.000Z');
  });
  it('keeps to the wall when the clocks change', () => {
    expect(tomorrowMorning(Date.parse('2026-03-28T20:00:00Z'), 'Europe/Paris')).toBe('2026-03-29T06:00:00.000Z');
  });
  it('ends by itself, or not before it is switched off', () => {
    const active = (set: boolean, until: string | null, at = now) => isActive({ do_not_disturb: set, do_not_disturb_until: until }, at);
    const until = inHours(1, now);
    expect([active(true, until), active(true, until, now + 3_600_000), active(true, null), active(false, null)]).toEqual([true, false, true, false]);
  });
  it('is said with the day only where that is needed', () => {
    expect(untilInWords('2026-03-12T18:00:00Z', reader)).toBe('19:00');
    expect(untilInWords('2026-03-13T07:00:00Z', reader)).toBe('08:00 tomorrow');
    expect(untilInWords('2026-03-20T07:00:00Z', { ...reader, locale: 'ru-RU' })).toBe('08:00, 20 марта');
  });
});
