import { describe, expect, it } from 'vitest';
import { within } from './within.ts';

describe('a search in one conversation', () => {
  it.each([
    ['cham', 'in:c cham'],
    ['lyon OR par', 'lyon OR in:c par'],
    ['colour:red cham', 'colour:red in:c cham'],
    ['château "grand li', 'château in:c "grand li'],
    ['-"grand lit"', 'in:c -"grand lit"'],
  ])('leaves the last word unfinished, and all before it in its place: %s', (typed, asked) => {
    expect(within('c', typed)).toBe(asked);
  });

  it.each([
    ['cham colour:red', 'cham colour:red in:c'],
    ['from:"Nora Be', 'from:"Nora Be" in:c'],
    ['from:“Nora Berg”', 'from:"Nora Berg" in:c'],
    ['from:«Nora', 'from:"Nora" in:c'],
  ])('stands behind a last operator, whose quotes it closes: %s', (typed, asked) => {
    expect(within('c', typed)).toBe(asked);
  });
});
