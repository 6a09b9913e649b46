/**
 * The small markup of messages, parsed into a tree: **bold**, *italic*, `code`, ``` blocks, lists, > quotes, and links
 * (behind words stands where they lead). Never HTML. Time is linear in the length of the text.
 */
import { inline, type Inline } from './inline.ts';

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Inline[][] };

const ITEM = /^\s{0,3}(?:[-*•]|(\d{1,4})[.)])\s+(\S.*)$/;
const QUOTE = /^\s{0,3}> ?(.*)$/;
const FENCE = /^\s{0,3}```/;
/** Nothing is nested deeper than this; the rest stays text. */
const DEEPEST = 3;

export function parse(text: string, depth = 0): Block[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let plain: string[] = [];
  const flush = () => {
    const words = plain.join('\n').replace(/^\n+|\n+$/g, '');
    if (words.trim()) blocks.push({ kind: 'paragraph', children: inline(words) });
    plain = [];
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    const taken = fenced(lines, at) ?? (depth < DEEPEST ? quoted(lines, at, depth) : null) ?? listed(lines, at);
    if (taken) {
      flush();
      blocks.push(taken.block);
      at = taken.next;
    } else {
      if (!line.trim() && plain.length) flush();
      else plain.push(line);
      at += 1;
    }
  }
  flush();
  return blocks;
}

type Taken = { block: Block; next: number } | null;

function fenced(lines: string[], at: number): Taken {
  if (!FENCE.test(lines[at]!)) return null;
  let close = at + 1;
  while (close < lines.length && !FENCE.test(lines[close]!)) close += 1;
  // An unclosed fence is three plain characters; it can only be the last one, so many of them stay cheap.
  if (close === lines.length) return null;
  return { block: { kind: 'code', text: lines.slice(at + 1, close).join('\n') }, next: close + 1 };
}

function quoted(lines: string[], at: number, depth: number): Taken {
  const inside: string[] = [];
  let next = at;
  for (let match; next < lines.length && (match = QUOTE.exec(lines[next]!)); next += 1) inside.push(match[1]!);
  if (!inside.length || !inside.join('').trim()) return null;
  return { block: { kind: 'quote', blocks: parse(inside.join('\n'), depth + 1) }, next };
}

function listed(lines: string[], at: number): Taken {
  const first = ITEM.exec(lines[at]!);
  if (!first) return null;
  const ordered = first[1] !== undefined;
  const items: Inline[][] = [];
  let next = at;
  for (let match; next < lines.length && (match = ITEM.exec(lines[next]!)) && (match[1] !== undefined) === ordered; next += 1) items.push(inline(match[2]!));
  return { block: { kind: 'list', ordered, start: ordered ? Number(first[1]) : 1, items }, next };
}

/** The words alone on one line, for lists, announcements and search results. */
export function plainText(text: string): string {
  const words = (parts: Inline[]): string => parts.map((part) => ('children' in part ? words(part.children) : part.text)).join('');
  const lines = (blocks: Block[]): string[] =>
    blocks.flatMap((block) => {
      if (block.kind === 'paragraph') return [words(block.children)];
      if (block.kind === 'code') return [block.text];
      return block.kind === 'quote' ? lines(block.blocks) : block.items.map(words);
    });
  return lines(parse(text)).join(' ').replace(/\s+/g, ' ').trim();
}
