import { afterEach, describe, expect, it } from 'vitest';
import type { Reaction } from '../../core/conversationTypes.ts';
import { language } from '../../i18n/index.ts';
import { reactionNames } from './reactionNames.ts';

const card = (id: string) => ({ id, name: id, picture: null });
const of = (names: string[], more: Partial<Reaction> = {}): Reaction => ({ emoji: '👍', count: names.length, since: 1, people: names.map(card), ...more });

afterEach(() => language.choose('en'));

describe('who reacted', () => {
  it('is told by name, the reader first', () => {
    expect(reactionNames(of(['Anna', 'me', 'Ben'], { mine: true }), 'me')).toBe('You, Anna and Ben');
  });

  it('counts those who are not named', () => {
    expect(reactionNames(of(['Anna', 'Ben'], { count: 3 }), 'me')).toBe('Anna, Ben and 1 other');
    language.choose('ru');
    expect(reactionNames(of(['Anna'], { count: 20_000, mine: true }), 'me').replace(/\s/g, ' ')).toBe('Вы, Anna и ещё 19 998 человек');
  });

  it('names the reader also where they came after the first five', () => {
    expect(reactionNames(of(['a', 'b', 'c', 'd', 'e'], { count: 7, mine: true }), 'me')).toBe('You, a, b, c, d and 2 others');
  });
});
