/**
 * Links in a line: bare addresses and phone numbers, and words that lead to one, [words](https://…). Only http, https,
 * mailto and tel are followed; behind words stands where they lead, so that nobody is led elsewhere than they think.
 */
import { safeHref } from '../../routing/index.ts';
import { addressOfHost, HOST } from './hosts.ts';
import { numberToCall, PHONE } from './phones.ts';

export interface Link {
  href: string;
  text: string;
  /** The host or mail address that the words lead to; bare addresses say it themselves. */
  where?: string;
}

export interface FoundLink {
  start: number;
  end: number;
  link: Link;
}

// No nested brackets, one level of round ones in the address: each sign is looked at a fixed number of times.
const NAMED = /\[([^[\]\n]{1,300})\]\(((?:https?:\/\/|mailto:|www\.)[^\s<>"'`()]*(?:\([^\s<>"'`()]*\)[^\s<>"'`()]*)*)\)/u;
const ADDRESS = /(?:https?:\/\/|mailto:)[^\s<>"'`]+|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63})*\.\p{L}{2,24}/u;
/** What any link has: without it the letters of all scripts need not be looked for, which takes 5 ms to get ready for. */
const HINT = /@|:\/\/|mailto:|\.\S|(?:\d\D{0,5}){6}/i;
let any: RegExp | undefined;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The links of a line in their order. */
export function findLinks(text: string): FoundLink[] {
  const links: FoundLink[] = [];
  if (!HINT.test(text)) return links;
  any ??= new RegExp(`${NAMED.source}|(?<address>${ADDRESS.source})|(?<host>${HOST.source})|(?<phone>${PHONE})`, 'giu');
  for (const match of text.matchAll(any)) {
    const [whole, words, address] = match;
    const plain = match.groups?.host ? hosted(whole) : match.groups?.phone ? called(whole) : undefined;
    if (plain !== undefined) {
      if (plain) links.push({ start: match.index, end: match.index + plain.text.length, link: plain });
      continue;
    }
    const link = address === undefined ? null : named(words!.trim(), address);
    if (link) links.push({ start: match.index, end: match.index + whole.length, link });
    else {
      // Also of words that nobody could see: then the address stands for itself.
      const shown = address ?? trimmed(whole);
      const href = safeHref(withScheme(shown));
      const start = match.index + (address === undefined ? 0 : whole.length - 1 - address.length);
      if (href) links.push({ start, end: start + shown.length, link: { href, text: shown } });
    }
  }
  return links;
}

/** The web pages to which a text leads. */
export const pagesIn = (text: string) => findLinks(text).map(({ link }) => link.href).filter((href) => href.startsWith('http'));

function hosted(words: string): Link | null {
  const text = trimmed(words);
  const href = safeHref(addressOfHost(text) ?? '');
  return href ? { href, text } : null;
}

function called(words: string): Link | null {
  const href = numberToCall(words);
  return href ? { href, text: words } : null;
}

function named(words: string, address: string): Link | null {
  const href = safeHref(withScheme(address));
  if (!href || !VISIBLE.test(words)) return null;
  if (safeHref(withScheme(words)) === href) return { href, text: words };
  const url = new URL(href);
  return { href, text: words, where: url.host || decoded(url.pathname) };
}

const withScheme = (address: string) => (/^www\./i.test(address) ? `https://${address}` : address);

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Full stops and brackets after an address belong to the sentence, not to it. */
function trimmed(address: string): string {
  let text = address;
  for (;;) {
    const last = text.at(-1) ?? '';
    const unopened = (last === ')' && count(text, '(') < count(text, ')')) || (last === ']' && count(text, '[') < count(text, ']'));
    if (!unopened && !/[.,:;!?…*_~»”’]/.test(last)) return text;
    text = text.slice(0, -1);
  }
}

const count = (text: string, sign: string) => text.split(sign).length - 1;
