/**
 * `virtual:emojis/en` and the like: the emoji of emojibase-data (CLDR's names and keywords, MIT) with no more of each than
 * the picker shows, a quarter of the whole.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

interface Source {
  emoji: string;
  label: string;
  tags?: string[];
  group?: number;
  order?: number;
  version: number;
  skins?: { emoji: string; tone: number | number[] }[];
}

const PREFIX = 'virtual:emojis/';
/** Parts of others, such as hair: nothing by themselves. */
const COMPONENTS = 2;
/** What systems of the last years can draw; newer ones would be empty boxes. */
const NEWEST = 15.1;

export function emojiData(): Plugin {
  return {
    name: 'emoji-data',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load: (id) => (id.startsWith(`\0${PREFIX}`) ? `export default JSON.parse(${JSON.stringify(JSON.stringify(rows(id.slice(PREFIX.length + 1))))})` : null),
  };
}

function rows(language: string): unknown[] {
  const file = fileURLToPath(import.meta.resolve(`emojibase-data/${language}/data.json`));
  const all = JSON.parse(readFileSync(file, 'utf8')) as Source[];
  return all
    .filter(({ group, version }) => group !== undefined && group !== COMPONENTS && version <= NEWEST)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ emoji, label, tags = [], group, skins = [] }) => [qualified(emoji), label, tags.join(' '), group, skins.filter(({ tone }) => typeof tone === 'number').map((skin) => qualified(skin.emoji))]);
}

/** What is drawn as an emoji by itself needs no selector for that (UTS #51): the form in which the server keeps it. */
const qualified = (emoji: string) => emoji.replace(/(\p{Emoji_Presentation})\uFE0F/gu, '$1');
