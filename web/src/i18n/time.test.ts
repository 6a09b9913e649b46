import { describe, expect, it } from 'vitest';
import { clockTime, dateOnly, dayTitle, daysAgo, fullTime, listTime, relativeTime, type Reader } from './time.ts';

// A Thursday afternoon in Paris, a quarter past three in UTC.
const now = Date.parse('2026-03-12T15:15:00Z');
const reader = (locale: string, zone = 'Europe/Paris'): Reader => ({ locale, zone, now });
const ago = (minutes: number) => now - minutes * 60_000;

describe('relative time', () => {
  it('counts minutes and hours when near', () => {
    expect(relativeTime(ago(0.5), reader('en-GB'))).toBe('now');
    expect(relativeTime(ago(5), reader('en-GB'))).toBe('5 minutes ago');
    expect(relativeTime(ago(180), reader('fr-FR'))).toBe('il y a 3 heures');
    expect(relativeTime(ago(21), reader('ru-RU'))).toBe('21 минуту назад');
  });
  it('names days by the calendar of the reader, then dates', () => {
    expect(relativeTime('2026-03-11T08:00:00Z', reader('pt-BR'))).toBe('ontem');
    expect(relativeTime('2026-03-09T08:00:00Z', reader('en-GB'))).toBe('3 days ago');
    expect(relativeTime('2026-02-01T08:00:00Z', reader('en-GB'))).toBe('1 February');
    expect(relativeTime('2025-02-01T08:00:00Z', reader('ru-RU'))).toContain('2025');
  });
  it('says times to come', () => {
    expect(relativeTime(ago(-120), reader('en-GB'))).toBe('in 2 hours');
    expect(relativeTime('2026-03-13T20:00:00Z', reader('en-GB'))).toBe('tomorrow');
  });
});

describe('days and zones', () => {
  it('count from midnight of the zone, not in 24 hours', () => {
    expect(daysAgo('2026-03-11T23:30:00Z', reader('en-GB'))).toBe(0);
    expect(daysAgo('2026-03-11T23:30:00Z', reader('en-GB', 'America/Sao_Paulo'))).toBe(1);
    expect(daysAgo('2026-03-12T14:00:00Z', { ...reader('en-GB', 'Asia/Vladivostok'), now: Date.parse('2026-03-12T13:59:00Z') })).toBe(-1);
  });
  it('tell the clock of the zone', () => {
    expect(clockTime(now, reader('fr-FR'))).toBe('16:15');
    expect(clockTime(now, reader('pt-BR', 'America/Sao_Paulo'))).toBe('12:15');
  });
  it('survive a change to summer time', () => {
    const after: Reader = { locale: 'en-GB', zone: 'Europe/Paris', now: Date.parse('2026-03-29T10:00:00Z') };
    expect(daysAgo('2026-03-28T23:30:00Z', after)).toBe(0);
    expect(daysAgo('2026-03-28T22:30:00Z', after)).toBe(1);
  });
});

describe('other forms', () => {
  it('fit a list: clock, weekday, date', () => {
    expect(listTime(ago(60), reader('en-GB'))).toBe('15:15');
    expect(listTime('2026-03-10T08:00:00Z', reader('fr-FR'))).toBe('mar.');
    expect(listTime('2026-01-02T08:00:00Z', reader('en-GB'))).toBe('2 Jan');
    expect(listTime('2024-01-02T08:00:00Z', reader('ru-RU'))).toBe('02.01.2024');
  });
  it('head a day with a capital', () => {
    expect(dayTitle(now, reader('ru-RU'))).toBe('Сегодня');
    expect(dayTitle('2026-03-11T12:00:00Z', reader('fr-FR'))).toBe('Hier');
    expect(dayTitle('2026-03-05T12:00:00Z', reader('pt-BR'))).toBe('Quinta-feira, 5 de março');
  });
  it('say everything on hover', () => {
    const full = fullTime(now, reader('en-GB'));
    for (const part of ['Thursday', '12 March 2026', '16:15']) expect(full).toContain(part);
    expect(dateOnly('2025-12-31T23:30:00Z', reader('en-GB'))).toBe('1 January');
  });
});
