/**
 * How a text names people (docs/mentions.md): `@[Ida Berg](person:…)` as it is sent, `@Ida Berg` as it is typed and read.
 * Pure.
 */
import type { Id } from '../../core/types.ts';

export interface Named {
  id: Id;
  name: string;
}

const MENTION = /@\[([^[\]\n]{1,200})\]\(person:([0-9a-f-]{36})\)/g;
const WORD = /[\p{L}\p{N}]/u;

export interface FoundMention extends Named {
  start: number;
  end: number;
}

/** The mentions of a text in their order. */
export function findMentions(text: string): FoundMention[] {
  if (!text.includes('](person:')) return [];
  return [...text.matchAll(MENTION)].map((match) => ({ start: match.index, end: match.index + match[0].length, name: match[1]!, id: match[2]! }));
}

/** A text as it is typed, and whom it mentions. */
export function decode(text: string): { text: string; people: Named[] } {
  const found = findMentions(text);
  let plain = '';
  let at = 0;
  for (const { start, end, name } of found) {
    plain += `${text.slice(at, start)}@${name}`;
    at = end;
  }
  return { text: plain + text.slice(at), people: found.map(({ id, name }) => ({ id, name })) };
}

/** Where typed text mentions one of these people: the longest name that stands there whole. */
export function placesOf(text: string, people: Named[]): FoundMention[] {
  const names = [...people].sort((a, b) => b.name.length - a.name.length);
  const left = [...people];
  const places: FoundMention[] = [];
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    if (WORD.test(text.charAt(at - 1))) continue;
    const named = names.find(({ name }) => text.startsWith(name, at + 1) && !WORD.test(text.charAt(at + 1 + name.length)));
    if (!named) continue;
    // Of two people of one name the first one that was chosen is meant first.
    const next = left.findIndex(({ name }) => name === named.name);
    const [person] = next >= 0 ? left.splice(next, 1) : [named];
    const end = at + 1 + named.name.length;
    places.push({ ...person!, start: at, end });
    at = end - 1;
  }
  return places;
}

/** A typed text as it is sent. */
export function encode(text: string, people: Named[]): string {
  let marked = '';
  let at = 0;
  for (const { start, end, id, name } of placesOf(text, people)) {
    marked += `${text.slice(at, start)}@[${name}](person:${id})`;
    at = end;
  }
  return marked + text.slice(at);
}

/** A name as it can stand in a text. */
export const nameFor = (name: string): string => name.replace(/[[\]\n]/g, ' ').replace(/\s+/g, ' ').trim().slice(0, 200);

/** What mentions everybody, in every language. */
export const ALL = '@all';

const EVERYBODY = /(?<![\p{L}\p{N}])@all(?![\p{L}\p{N}])/u;

/** Whether a text says it. */
export const saysAll = (text: string): boolean => EVERYBODY.test(text);

/** A text in pieces: between each two of them it says it. */
export const aroundAll = (text: string): string[] => text.split(EVERYBODY);

/** What is being typed after an `@` before the cursor; null where no name begins. */
export function typedName(text: string, cursor: number): { start: number; words: string } | null {
  const start = text.lastIndexOf('@', cursor - 1);
  if (start < 0 || WORD.test(text.charAt(start - 1))) return null;
  const words = text.slice(start + 1, cursor);
  // A first name and a last one; beyond that it is a sentence.
  return /^[^\s@[\]]*(?: [^\s@[\]]*)?$/.test(words) && words.length <= 60 && !words.startsWith(' ') ? { start, words } : null;
}
