import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.restoreAllMocks();
  vi.resetModules();
});

it('makes the rules of a language once, and only when something is counted in it', async () => {
  const [rules, digits] = [vi.spyOn(Intl, 'PluralRules'), vi.spyOn(Intl, 'NumberFormat')];
  vi.resetModules();
  const { plural } = await import('./plural.ts');
  expect([rules.mock.calls.length, digits.mock.calls.length]).toEqual([0, 0]);
  expect(plural.en(1, { one: '# day', other: '# days' })).toBe('1 day');
  expect(plural.en(2, { one: '# day', other: '# days' })).toBe('2 days');
  expect([rules.mock.calls.length, digits.mock.calls.length]).toEqual([1, 1]);
});

it('asks the device for its zone only when a time is shown', async () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  vi.resetModules();
  const { zone } = await import('./zone.svelte.ts');
  expect(made).not.toHaveBeenCalled();
  const own = zone.current;
  expect(made).toHaveBeenCalledOnce();
  zone.choose('Asia/Tokyo');
  expect(zone.current).toBe('Asia/Tokyo');
  zone.choose('Nowhere/Land');
  expect(zone.current).toBe(own);
});

it('makes a format of dates once', async () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  const { dateFormat } = await import('./formats.ts');
  const shown = () => dateFormat('en-GB', { weekday: 'long', timeZone: 'UTC' }).format(0);
  expect([shown(), shown()]).toEqual(['Thursday', 'Thursday']);
  expect(dateFormat('fr-FR', { weekday: 'long', timeZone: 'UTC' }).format(0)).toBe('jeudi');
  expect(made).toHaveBeenCalledTimes(2);
});

it('counts bytes in the plural of the language, and short from a kilobyte on', async () => {
  const { language, localBytes } = await import('./index.ts');
  const told = { en: '398 bytes', fr: '398 octets', pt: '398 bytes', ru: '398 байт' } as const;
  for (const [code, words] of Object.entries(told)) {
    language.choose(code as keyof typeof told);
    expect(localBytes(398).replace(/\s/g, ' ')).toBe(words);
  }
  language.choose('en');
  expect([localBytes(1), localBytes(2_400_000)]).toEqual(['1 byte', '2.4 MB']);
});
