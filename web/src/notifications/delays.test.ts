import { describe, expect, it } from 'vitest';
import { delayInWords, delaysFor } from './delays.ts';

describe('delays', () => {
  it('are those one chooses from, not shorter than allowed, and the one the server holds', () => {
    expect(delaysFor({ delay_seconds: 30, shortest_delay_seconds: 0 })).toEqual([0, 30, 120, 300, 900, 3_600, 14_400]);
    expect(delaysFor({ delay_seconds: 777, shortest_delay_seconds: 120 })).toEqual([120, 300, 777, 900, 3_600, 14_400]);
    expect(delaysFor({ delay_seconds: 0, shortest_delay_seconds: 60 })).toEqual([0, 60, 120, 300, 900, 3_600, 14_400]);
  });
  it('are said in the greatest unit without a rest', () => {
    expect([30, 300, 3_600, 90, 7_200].map((seconds) => delayInWords(seconds, 'ru-RU'))).toEqual(['30 с', '5 мин', '1 ч', '90 с', '2 ч']);
  });
});
