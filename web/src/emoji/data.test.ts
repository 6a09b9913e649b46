import { describe, expect, it } from 'vitest';
import { languages } from '../i18n/index.ts';
import { findEmojis, loadEmojis, quick, toned } from './data.ts';

const found = async (language: (typeof languages)[number], words: string) => findEmojis(await loadEmojis(language), words).map(({ emoji }) => emoji);

describe('emoji', () => {
  it('are the same in every language, and those at hand are among them', async () => {
    const english = (await loadEmojis('en')).map(({ emoji }) => emoji);
    expect(english.length).toBeGreaterThan(1800);
    expect(english).toEqual(expect.arrayContaining(quick));
    for (const language of languages) expect((await loadEmojis(language)).map(({ emoji }) => emoji)).toEqual(english);
  });

  it('are found by words of the reader, with or without accents', async () => {
    expect(await found('en', 'thumbs up')).toContain('👍');
    expect(await found('fr', 'fete')).toContain('🎉');
    expect(await found('pt', 'coração')).toContain('❤️');
    expect(await found('pt', 'coracao')).toContain('❤️');
    expect(await found('ru', 'Смех')).toContain('😀');
    expect(await found('en', '🐐')).toEqual(['🐐']);
    expect(await found('en', 'qqq')).toEqual([]);
    expect(await found('en', '!')).toEqual([]);
  });

  it('come first where their own name begins with what is looked for', async () => {
    expect((await found('en', 'cat'))[0]).toMatch(/🐈|🐱|😸|😹/u);
  });

  it('take a skin tone where they have any', async () => {
    const all = await loadEmojis('en');
    const of = (emoji: string) => all.find((each) => each.emoji === emoji)!;
    expect([toned(of('👍'), 0), toned(of('👍'), 4), toned(of('🐐'), 4)]).toEqual(['👍', '👍🏾', '🐐']);
  });
});
