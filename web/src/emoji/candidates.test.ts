import { afterEach, expect, it, vi } from 'vitest';
import { language } from '../i18n/index.ts';
import { EmojiCandidates } from './candidates.svelte.ts';

afterEach(() => language.choose('en'));

async function found(words: string): Promise<string[]> {
  const candidates = new EmojiCandidates();
  candidates.look(words);
  await vi.waitFor(() => expect(candidates.found).not.toEqual([]));
  return candidates.found.map(({ emoji }) => emoji);
}

it('is found by its name in the language of the reader, and in English', async () => {
  language.choose('ru');
  expect(await found('круасс')).toContain('🥐');
  expect(await found('croiss')).toContain('🥐');
  language.choose('fr');
  expect(await found('coeur_rouge')).toContain('❤️');
});

it('offers eight at most, and none once the words are none or the list was closed', async () => {
  const candidates = new EmojiCandidates();
  candidates.look('sm');
  candidates.close();
  candidates.look('sm');
  await vi.waitFor(() => expect(candidates.found).toHaveLength(8));
  candidates.move(-1);
  expect(candidates.active).toBe(7);
  candidates.look('smqq');
  expect(candidates.found).toEqual([]);
});
