import { afterEach, describe, expect, it } from 'vitest';
import { defineTexts, language, plural, spoken } from './index.ts';

afterEach(() => language.choose('en'));

describe('plural', () => {
  it('follows the rules of each language', () => {
    const forms = { one: '# день', few: '# дня', many: '# дней' };
    expect([1, 2, 5, 11, 21, 22, 112].map((n) => plural.ru(n, forms))).toEqual(['1 день', '2 дня', '5 дней', '11 дней', '21 день', '22 дня', '112 дней']);
    expect(plural.fr(0, { one: '# jour', other: '# jours' })).toBe('0 jour');
    expect(plural.pt(0, { one: '# dia', other: '# dias' })).toBe('0 dia');
    expect(plural.en(0, { one: '# day', other: '# days' })).toBe('0 days');
  });
  it('writes numbers in local digits', () => {
    expect(plural.en(12500, { one: '#', other: '#' })).toBe('12,500');
    expect(plural.pt(12500, { one: '#', other: '#' })).toBe('12.500');
  });
  it('falls back to "other" for the millions of French and Portuguese', () => {
    expect(plural.fr(1_000_000, { one: '# jour', other: '# jours' })).toMatch(/jours$/);
  });
});

describe('texts', () => {
  const texts = defineTexts({
    en: { hello: 'Hello', deep: { to: (name: string) => `To ${name}` } },
    fr: { hello: 'Bonjour', deep: { to: (name) => `À ${name}` } },
    pt: { hello: 'Olá', deep: { to: (name) => `Para ${name}` } },
    ru: { hello: 'Привет', deep: { to: (name) => `Кому: ${name}` } },
  });

  it('speak the chosen language', () => {
    expect(texts.hello).toBe('Hello');
    language.choose('ru');
    expect(texts.hello).toBe('Привет');
    expect(texts.deep.to('Анна')).toBe('Кому: Анна');
    expect(document.documentElement.lang).toBe('ru');
  });

  it('hold French punctuation to its word', () => {
    const texts = defineTexts({
      en: { sure: 'Sure?', deep: { about: (title: string) => `About “${title}”: yes` } },
      fr: { sure: 'Vraiment ?', deep: { about: (title) => `Pour « ${title} » : oui` } },
      pt: { sure: 'Certeza?', deep: { about: (title) => `Sobre “${title}”: sim` } },
      ru: { sure: 'Точно?', deep: { about: (title) => `О «${title}»: да` } },
    });
    language.choose('fr');
    expect(texts.sure).toBe('Vraiment\u00a0?');
    expect(texts.deep.about('Le globe')).toBe('Pour «\u00a0Le globe\u00a0»\u00a0: oui');
  });

  it('remember the choice', () => {
    language.choose('fr');
    expect(localStorage.getItem('estafette.language')).toBe('fr');
  });

  it('are a type error when a key is missing, too many, or takes other values', () => {
    defineTexts({
      en: { a: 'a', b: (n: number) => String(n) },
      // @ts-expect-error `b` is missing
      fr: { a: 'a' },
      // @ts-expect-error `c` is nowhere else
      pt: { a: 'a', b: () => '', c: 'c' },
      // @ts-expect-error `b` is handed a number
      ru: { a: 'a', b: (n: string) => n },
    });
  });

  it('know a language by its tag', () => {
    expect(spoken('pt-BR')).toBe('pt');
    expect(spoken('de')).toBeNull();
  });
});
