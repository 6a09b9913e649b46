import { describe, expect, it } from 'vitest';
import { likeness } from './names.ts';

describe('a name that is looked for', () => {
  it('answers to the beginnings of its words, in any order, without accents and case', () => {
    expect(likeness('helene', 'Hélène Carré')).toBe(4);
    expect(likeness('car hel', 'Hélène Carré')).toBe(3);
    expect(likeness('дуб', 'Анна Дубова')).toBe(3);
  });

  it('answers to initials and mixed beginnings', () => {
    expect(likeness('hc', 'Hélène Carré')).toBe(2);
    expect(likeness('jodo', 'John van Doe')).toBe(2);
    expect(likeness('oj', 'John Doe')).toBe(0);
  });

  it('answers to a part of a word last, and to nothing typed always', () => {
    expect(likeness('arr', 'Hélène Carré')).toBe(1);
    expect(likeness('  ', 'Anybody')).toBe(1);
    expect(likeness('zz', 'Hélène Carré')).toBe(0);
  });

  it('takes ten thousand characters and marks that turn the direction of a text', () => {
    expect(likeness('x'.repeat(10_000), 'Hélène Carré')).toBe(0);
    expect(likeness('\u202Ehelene', 'Hélène Carré')).toBe(3);
  });
});
