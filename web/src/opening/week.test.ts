import { describe, expect, it } from 'vitest';
import { dayNames, faultOf, nextSpan, spansOf, weekOf } from './week.ts';

describe('opening hours', () => {
  it('become a week, Monday first, and spans again', () => {
    const spans = [
      { day: 6, opens: '10:00', closes: '12:00' },
      { day: 0, opens: '14:00:00', closes: '18:00:00' },
      { day: 0, opens: '09:00', closes: '12:00' },
    ];
    const week = weekOf(spans);
    expect(week[0]).toEqual([{ opens: '09:00', closes: '12:00' }, { opens: '14:00', closes: '18:00' }]);
    expect(week[1]).toEqual([]);
    expect(spansOf(week)).toHaveLength(3);
    expect(spansOf(week)[2]).toEqual({ day: 6, opens: '10:00', closes: '12:00' });
  });
  it('are told what is wrong with them', () => {
    expect(faultOf([{ opens: '09:00', closes: '18:00' }])).toBeNull();
    expect(faultOf([{ opens: '18:00', closes: '09:00' }])).toBe('wrongSpan');
    expect(faultOf([{ opens: '', closes: '09:00' }])).toBe('wrongSpan');
    expect(faultOf([{ opens: '13:00', closes: '15:00' }, { opens: '09:00', closes: '14:00' }])).toBe('overlap');
    expect(faultOf([{ opens: '09:00', closes: '12:00' }, { opens: '12:00', closes: '14:00' }])).toBeNull();
  });
  it('propose a next span that is not wrong', () => {
    const spans = [nextSpan([])];
    spans.push(nextSpan(spans));
    expect(faultOf(spans)).toBeNull();
  });
  it('name days in the language of the reader', () => {
    expect(dayNames('ru-RU')[0]).toBe('понедельник');
    expect(dayNames('en-GB')[6]).toBe('Sunday');
  });
});
