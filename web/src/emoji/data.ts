/** The emoji there are, with their names in the reader's language: fetched when a picker is first opened. */
import type { Language } from '../i18n/index.ts';

export interface Emoji {
  emoji: string;
  name: string;
  group: number;
  /** With each of the five skin tones, lightest first; empty where it has none. */
  tones: string[];
  /** What it is found by, folded. */
  words: string[];
}

/** Skin tones as Unicode has them (Fitzpatrick 1-2 to 6); 0 is none. */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5;
export const tones: Tone[] = [0, 1, 2, 3, 4, 5];

/** What one reacts with most: at hand without opening the picker. */
export const quick = ['👍', '❤️', '😂', '🎉', '😮', '😢'];

const sources = {
  en: () => import('virtual:emojis/en'),
  fr: () => import('virtual:emojis/fr'),
  pt: () => import('virtual:emojis/pt'),
  ru: () => import('virtual:emojis/ru'),
};
const loaded: Partial<Record<Language, Promise<Emoji[]>>> = {};

export function loadEmojis(language: Language): Promise<Emoji[]> {
  return (loaded[language] ??= read(language).catch((error: unknown) => {
    delete loaded[language];
    throw error;
  }));
}

async function read(language: Language): Promise<Emoji[]> {
  const { default: rows } = await sources[language]();
  return rows.map(([emoji, name, words, group, tones]) => ({ emoji, name, group, tones, words: folded(`${name} ${words}`).split(/[^\p{L}\p{N}]+/u) }));
}

/** Those of which every word begins a name or keyword; those whose own name begins with what is looked for come first. */
export function findEmojis(all: readonly Emoji[], query: string): Emoji[] {
  const wanted = folded(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!wanted.length) return all.filter(({ emoji }) => emoji === query.trim());
  const found = all.filter(({ words }) => wanted.every((word) => words.some((known) => known.startsWith(word))));
  return found.sort((a, b) => Number(b.words[0]!.startsWith(wanted[0]!)) - Number(a.words[0]!.startsWith(wanted[0]!)));
}

/** An emoji with a skin tone, where it has any. */
export const toned = ({ emoji, tones }: Emoji, tone: Tone): string => (tone ? (tones[tone - 1] ?? emoji) : emoji);

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe');
