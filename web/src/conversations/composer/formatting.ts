/** What the commands of formatting do to a text and its selection: the marks of messages (`markup/parse.ts`) put or taken away. Pure. */
import { findLinks } from '../markup/links.ts';

export interface Selected {
  text: string;
  /** Offsets in UTF-16 units, as those of a text field. */
  start: number;
  end: number;
}

/** `words` go in the place of what lies between `from` and `to`; then what lies between `start` and `end` is selected. */
export interface Edit {
  from: number;
  to: number;
  words: string;
  start: number;
  end: number;
}

export type Command = 'bold' | 'italic' | 'code' | 'link' | 'list' | 'quote';

const SIGN = { bold: '**', italic: '*', code: '`' } as const;
const PREFIX = { list: '- ', quote: '> ' } as const;
/** What stands before the words of a line. */
const LEAD = /^\s*(?:(?:>|[-*•]|\d{1,4}[.)])\s+)*/;

export function formatted(command: Command, selected: Selected): Edit {
  if (command === 'link') return linked(trimmed(selected));
  if (command === 'list' || command === 'quote') return prefixed(PREFIX[command], selected);
  const around = trimmed(selected);
  return around.text.slice(around.start, around.end).includes('\n') ? markedLines(SIGN[command], around) : marked(SIGN[command], around);
}

/** Marks stand at words, never at the space beside them. */
function trimmed({ text, start, end }: Selected): Selected {
  const words = text.slice(start, end);
  if (!words.trim()) return { text, start, end };
  return { text, start: start + words.length - words.trimStart().length, end: end - (words.length - words.trimEnd().length) };
}

function marked(sign: string, { text, start, end }: Selected): Edit {
  const words = text.slice(start, end);
  const size = sign.length;
  if (isMarked(words, sign)) return { from: start, to: end, words: words.slice(size, -size), start, end: end - 2 * size };
  if (has(Math.min(run(text.slice(0, start), sign, -1), run(text.slice(end), sign, 1)), sign)) return { from: start - size, to: end + size, words, start: start - size, end: end - size };
  return { from: start, to: end, words: sign + words + sign, start: start + size, end: end + size };
}

/** Each line has marks of its own: they do not reach over the end of a paragraph. */
function markedLines(sign: string, { text, start, end }: Selected): Edit {
  const lines = text.slice(start, end).split('\n').map((line) => {
    const lead = LEAD.exec(line)![0];
    return { lead, words: line.slice(lead.length).trimEnd() };
  });
  const all = lines.every(({ words }) => !words || isMarked(words, sign));
  const changed = lines.map(({ lead, words }) => {
    if (!words || (!all && isMarked(words, sign))) return lead + words;
    return lead + (all ? words.slice(sign.length, -sign.length) : sign + words + sign);
  });
  return over(start, end, changed.join('\n'));
}

function linked({ text, start, end }: Selected): Edit {
  const words = text.slice(start, end).replace(/\s*\n\s*/g, ' ');
  const [link] = findLinks(words);
  if (link && link.start === 0 && link.end === words.length) return { from: start, to: end, words: `[](${words})`, start: start + 1, end: start + 1 };
  const written = `[${words}](https://)`;
  const address = start + written.length - 1;
  return { from: start, to: end, words: written, ...(words ? { start: address - 'https://'.length, end: address } : { start: start + 1, end: start + 1 }) };
}

function prefixed(prefix: string, { text, start, end }: Selected): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', Math.max(end, from));
  const to = next < 0 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const all = lines.every((line) => line.startsWith(prefix));
  const changed = lines.map((line) => (all ? line.slice(prefix.length) : line.startsWith(prefix) || (!line && lines.length > 1) ? line : prefix + line)).join('\n');
  if (lines.length > 1) return over(from, to, changed);
  const moved = changed.length - (to - from);
  return { from, to, words: changed, start: Math.max(from, start + moved), end: Math.max(from, end + moved) };
}

const over = (from: number, to: number, words: string): Edit => ({ from, to, words, start: from, end: from + words.length });

function isMarked(words: string, sign: string): boolean {
  return words.length > 2 * sign.length && has(Math.min(run(words, sign, 1), run(words, sign, -1)), sign);
}

/** How many of the sign's character stand at the beginning (1) or the end (-1). */
function run(text: string, sign: string, side: 1 | -1): number {
  let length = 0;
  while (text.at(side === 1 ? length : -1 - length) === sign[0]) length += 1;
  return length;
}

/** Of stars, two are bold, one is italic, three are both. */
const has = (signs: number, sign: string) => (sign === '**' ? signs >= 2 : sign === '*' ? signs % 2 === 1 : signs >= 1);
