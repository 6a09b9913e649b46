import { describe, expect, it } from 'vitest';
import { sizeOf } from './segments.ts';

const of = (text: string) => {
  const { encoding, segments, left } = sizeOf(text);
  return [encoding, segments, left];
};

describe('the segments of a text message', () => {
  it('hold 160 characters alone and 153 each together', () => {
    expect(of('')).toEqual(['gsm7', 1, 160]);
    expect(of('a'.repeat(160))).toEqual(['gsm7', 1, 0]);
    expect(of('a'.repeat(161))).toEqual(['gsm7', 2, 145]);
    expect(of('a'.repeat(306))).toEqual(['gsm7', 2, 0]);
    expect(of('a'.repeat(307))).toEqual(['gsm7', 3, 152]);
  });

  it('take two septets for what is in the extension table', () => {
    expect(of('€')).toEqual(['gsm7', 1, 158]);
    expect(of('[]{}\\~^|')).toEqual(['gsm7', 1, 144]);
    expect(of('€'.repeat(80))).toEqual(['gsm7', 1, 0]);
    // 76 pairs fill 152 of 153 septets; the next pair is not parted.
    expect(of('€'.repeat(81))).toEqual(['gsm7', 2, 143]);
  });

  it('know the letters that the alphabet has and those it lacks', () => {
    expect(sizeOf('à é è ù ì ò Ç ü ñ ß Å Ω').encoding).toBe('gsm7');
    expect(sizeOf('Promoção à tarde, irmã: água').notInGsm7).toEqual(['ç', 'ã', 'á']);
    expect(sizeOf('“quoted”').notInGsm7).toEqual(['“', '”']);
  });

  it('hold 70 characters alone and 67 each together once one letter is foreign to it', () => {
    expect(of('á' + 'a'.repeat(69))).toEqual(['ucs2', 1, 0]);
    expect(of('á'.repeat(71))).toEqual(['ucs2', 2, 63]);
    expect(of('á'.repeat(150))).toEqual(['ucs2', 3, 51]);
    expect(of('Привет, мир')).toEqual(['ucs2', 1, 59]);
  });

  it('count an emoji as two halves that stay together', () => {
    expect(of('🙂'.repeat(35))).toEqual(['ucs2', 1, 0]);
    expect(sizeOf('🙂'.repeat(35)).characters).toBe(35);
    // 67 halves hold 33 emoji; the 34th begins the next segment.
    expect(of('🙂'.repeat(36))).toEqual(['ucs2', 2, 61]);
    expect(of('a'.repeat(66) + '🙂🙂🙂')).toEqual(['ucs2', 2, 61]);
  });

  it('write a line break as one character', () => {
    expect(of('a\nb')).toEqual(['gsm7', 1, 157]);
  });
});
