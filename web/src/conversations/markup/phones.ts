/**
 * Phone numbers as people write them: international ones, and national ones in the forms of the countries whose languages
 * the app speaks. A national number is called as it is written, so that the reader's phone dials it by the plan of its own
 * country (RFC 3966, 5.1.5). Only what can hardly be anything else counts: no dates, amounts or numbers of orders.
 */

const GAP = '[ \\u00a0\\u202f.\\-\\u2010-\\u2013]';
const INTERNATIONAL = `(?:\\+|00(?=[1-9]))(?:(?:${GAP}|[()/]){0,2}\\d){9,15}`;
const NATIONAL = [
  // 06 12 34 56 78, 020 7946 0958, 0612345678, 01632 960983
  `0[1-9]\\d{0,3}(${GAP})\\d{2,4}(?:\\k<gap>\\d{2,4}){1,3}`.replace(`(${GAP})`, `(?<gap>${GAP})`),
  '0[1-9]\\d{8}',
  '0[1-9]\\d{2,3}[ \\u00a0]\\d{6}',
  // 8 (912) 345-67-89
  `8${GAP}?\\(\\d{3,4}\\)${GAP}?\\d{2,3}${GAP}?\\d{2}${GAP}?\\d{2}`,
  `8${GAP}\\d{3}${GAP}\\d{3}${GAP}\\d{2}${GAP}\\d{2}`,
  // (48) 99924-6868, 48 99924-6868
  `\\(0?\\d{2}\\)${GAP}?9?${GAP}?\\d{4}${GAP}\\d{4}`,
  '\\d{2} 9?\\d{4}-\\d{4}',
  // (555) 010-1234
  `\\(\\d{3}\\)${GAP}?\\d{3}${GAP}\\d{4}`,
];

/** The source of an expression; not within a word, a longer number, an amount or the name of something. */
export const PHONE = `(?<![\\p{L}\\p{N}.,:/=_#№+\\-(])(?:${[INTERNATIONAL, ...NATIONAL].join('|')})(?![\\p{L}\\p{N}]|[.,:/\\-]\\d|[ \\u00a0]?[%€$£₽])`;

/** Digits of a whole number with its country code, where all of that country have the same. */
const WHOLE: Record<string, number> = { 1: 11, 7: 11, 33: 11, 34: 11 };

/** The number to call, as `tel:` wants it; null when these words are none. */
export function numberToCall(words: string): string | null {
  const international = /^(?:\+|00)/.test(words);
  const digits = (international ? words.replace(/^00/, '').replace(/\(0\)/, '') : words).replace(/\D/g, '');
  if (!international) return digits.length >= 9 && digits.length <= 11 ? `tel:${digits}` : null;
  const whole = Object.entries(WHOLE).find(([code]) => digits.startsWith(code))?.[1];
  return digits.length >= 9 && digits.length <= 15 && (!whole || digits.length === whole) ? `tel:+${digits}` : null;
}
