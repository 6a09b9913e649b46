/** Marks within a line: **bold**, *italic*, `code`, links and mentions; whatever does not fit stays text. */
import { findMentions } from '../mentions/markup.ts';
import { findLinks, type Link } from './links.ts';

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'bold' | 'italic'; children: Inline[] }
  | { kind: 'mention'; text: string; person: string }
  | ({ kind: 'link' } & Link);

/** Marks within a line. */
export function inline(text: string): Inline[] {
  return withCode(text);
}

function withCode(text: string): Inline[] {
  const parts: Inline[] = [];
  let at = 0;
  for (;;) {
    const open = text.indexOf('`', at);
    const close = open < 0 ? -1 : text.indexOf('`', open + 1);
    if (close < 0) return [...parts, ...withLinks(text.slice(at))];
    if (close === open + 1) {
      parts.push(...withLinks(text.slice(at, close + 1)));
    } else {
      parts.push(...withLinks(text.slice(at, open)), { kind: 'code', text: text.slice(open + 1, close) });
    }
    at = close + 1;
  }
}

function withLinks(text: string): Inline[] {
  const whole = wholes(text);
  if (!whole.length) return marked(text, ['bold', 'italic']);
  // Marks may go around links, so links stand in as one private character each while marks are read.
  let rest = '';
  let at = 0;
  for (const { start, end } of whole) {
    rest += `${text.slice(at, start).replaceAll(STAND_IN, ' ')}${STAND_IN}`;
    at = end;
  }
  rest += text.slice(at).replaceAll(STAND_IN, ' ');
  let next = 0;
  const fill = (parts: Inline[]): Inline[] =>
    parts.flatMap((part): Inline[] => {
      if (part.kind === 'bold' || part.kind === 'italic') return [{ kind: part.kind, children: fill(part.children) }];
      if (part.kind !== 'text') return [part];
      return part.text.split(STAND_IN).flatMap((words, index): Inline[] => {
        const part = index > 0 ? whole[next++]?.part : undefined;
        return [
          ...(part ? [part] : []),
          ...(words ? [{ kind: 'text' as const, text: words }] : []),
        ];
      });
    });
  return fill(marked(rest, ['bold', 'italic']));
}

interface Whole {
  start: number;
  end: number;
  part: Inline;
}

/** Mentions and links: what no mark divides, in order. A mention holds no link. */
function wholes(text: string): Whole[] {
  const found = findMentions(text).map(({ start, end, id, name }): Whole => ({ start, end, part: { kind: 'mention', text: `@${name}`, person: id } }));
  const links = (from: number, to?: number) => findLinks(text.slice(from, to)).map(({ start, end, link }): Whole => ({ start: from + start, end: from + end, part: { kind: 'link', ...link } }));
  let at = 0;
  const parts: Whole[] = [];
  for (const mention of found) {
    parts.push(...links(at, mention.start), mention);
    at = mention.end;
  }
  return [...parts, ...links(at)];
}

const STAND_IN = '\uE000';
const SIGN = { bold: '**', italic: '*' } as const;

function marked(text: string, marks: ('bold' | 'italic')[]): Inline[] {
  const [mark, ...inner] = marks;
  if (!mark) return text ? [{ kind: 'text', text }] : [];
  const sign = SIGN[mark];
  const parts: Inline[] = [];
  let at = 0;
  for (let open = text.indexOf(sign); open >= 0; ) {
    const close = opens(text, open, sign) ? closing(text, open + sign.length, sign) : null;
    if (close === -1) break;
    if (close === null) {
      open = text.indexOf(sign, open + sign.length);
      continue;
    }
    parts.push(...marked(text.slice(at, open), inner), { kind: mark, children: marked(text.slice(open + sign.length, close), inner) });
    at = close + sign.length;
    open = text.indexOf(sign, at);
  }
  return [...parts, ...marked(text.slice(at), inner)];
}

const WORD = /[\p{L}\p{N}]/u;

function opens(text: string, at: number, sign: string): boolean {
  return !/^[\s*]?$/.test(text.charAt(at + sign.length)) && !WORD.test(text.charAt(at - 1)) && text.charAt(at - 1) !== '*';
}

/** Where the mark ends; -1 when nothing after `from` can end one. */
function closing(text: string, from: number, sign: string): number {
  for (let at = text.indexOf(sign, from + 1); at >= 0; at = text.indexOf(sign, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.charAt(at + sign.length)];
    if (!/\s/.test(before) && after !== '*' && !WORD.test(after) && (sign === '**' || before !== '*')) return at;
  }
  return -1;
}
