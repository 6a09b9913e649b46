import { describe, expect, it } from 'vitest';
import { remindOffers, sendOffers, whenInWords } from './times.ts';

const zone = 'Europe/Paris';
const offers = (now: string, of = sendOffers) => of(Date.parse(now), zone).map((offer) => [offer.in, offer.at]);

describe('what is offered', () => {
  it('is an hour, this evening, tomorrow and Monday on a Tuesday morning', () => {
    expect(offers('2026-12-01T08:30:00Z')).toEqual([
      ['1h', '2026-12-01T09:30:00.000Z'],
      ['evening', '2026-12-01T17:00:00.000Z'],
      ['tomorrow', '2026-12-02T08:00:00.000Z'],
      ['monday', '2026-12-07T08:00:00.000Z'],
    ]);
  });

  it('leaves out an evening that is over, and a Monday that is tomorrow', () => {
    expect(offers('2026-12-06T20:00:00Z').map(([name]) => name)).toEqual(['1h', 'tomorrow']);
  });

  it('means the Monday of the next week on a Monday', () => {
    expect(offers('2026-12-07T08:00:00Z').at(-1)).toEqual(['monday', '2026-12-14T08:00:00.000Z']);
  });

  it('keeps nine o’clock over a change of the clocks', () => {
    expect(offers('2026-03-28T12:00:00Z').find(([name]) => name === 'tomorrow')?.[1]).toBe('2026-03-29T07:00:00.000Z');
  });

  it('begins with minutes for a reminder, and has no evening', () => {
    expect(offers('2026-12-01T08:30:00Z', remindOffers).map(([name]) => name)).toEqual(['20min', '1h', '3h', 'tomorrow', 'monday']);
  });
});

describe('a time ahead in words', () => {
  const reader = { locale: 'en-GB', zone, now: Date.parse('2026-12-01T08:30:00Z') };

  it('names today, tomorrow, or the day', () => {
    expect(whenInWords('2026-12-01T17:00:00Z', reader)).toBe('today, 18:00');
    expect(whenInWords('2026-12-02T08:00:00Z', reader)).toBe('tomorrow, 09:00');
    expect(whenInWords('2026-12-07T08:00:00Z', reader)).toBe('Monday 7 December, 09:00');
    expect(whenInWords('2027-01-04T08:00:00Z', reader)).toBe('Monday, 4 January 2027, 09:00');
    expect(whenInWords('2026-12-02T08:00:00Z', { ...reader, locale: 'ru' })).toBe('завтра, 09:00');
  });
});
