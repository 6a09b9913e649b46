/** Search expressions as they are typed: what stands at the caret, and how operators are written into the text. Pure. */

export const OPERATORS = ['from:', 'in:', 'has:', 'before:', 'after:', 'on:', 'mentions:', 'is:', 'pinned:'] as const;
export type Operator = (typeof OPERATORS)[number];

/** What an operator takes that is not a name. */
export const VALUES: Partial<Record<Operator, readonly string[]>> = { 'has:': ['file', 'image', 'link', 'reaction'], 'is:': ['unread'] };

export interface Piece {
  start: number;
  end: number;
  text: string;
  minus: string;
  /** With its colon; null for a word or phrase. */
  operator: string | null;
  value: string;
}

const PIECE = /(-?)(?:([A-Za-z]{2,20}:)(?:"([^"]*)"?|([^\s"]*))|"[^"]*"?|[^\s"]+)/g;

export function piecesOf(text: string): Piece[] {
  return [...text.matchAll(PIECE)].map((found) => ({
    start: found.index,
    end: found.index + found[0].length,
    text: found[0],
    minus: found[1] ?? '',
    operator: found[2]?.toLowerCase() ?? null,
    value: found[2] ? (found[3] ?? found[4] ?? '') : found[0].slice((found[1] ?? '').length),
  }));
}

/** The piece that the caret is at the end of or in. */
export const pieceAt = (text: string, caret: number): Piece | null => piecesOf(text).find(({ start, end }) => start < caret && caret <= end) ?? null;

/** A value as an operator takes it: in quotes where it has several words. */
export const written = (operator: string, value: string): string => operator + (/[\s"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value);

/** Puts words in the place of a piece, or at the end; a whole operator is followed by a space. Returns the text and where the caret is then. */
export function replaced(text: string, piece: Piece | null, by: string): [string, number] {
  const whole = by.endsWith(':') && by !== 'pinned:' ? by : `${by} `;
  if (!piece) {
    const before = text && !/\s$/.test(text) ? `${text} ` : text;
    return [before + whole, before.length + whole.length];
  }
  const rest = text.slice(piece.end).replace(/^\s/, '');
  return [text.slice(0, piece.start) + whole + rest, piece.start + whole.length];
}

/** Whether an operator stands in the text just so. */
export const holds = (text: string, operator: string): boolean => piecesOf(text).some((piece) => piece.text.toLowerCase() === operator);

/** Writes an operator to the text, or takes it out where it stands. */
export function toggled(text: string, operator: string): string {
  const there = piecesOf(text).find((piece) => piece.text.toLowerCase() === operator);
  return there ? (text.slice(0, there.start) + text.slice(there.end)).replace(/\s{2,}/g, ' ').trimStart() : replaced(text, null, operator)[0];
}

/** Parts of a text, those that were found and those between; places count characters as people see them (code points). */
export function parts(text: string, ranges: readonly (readonly [number, number])[]): { text: string; hit: boolean }[] {
  const characters = [...text];
  const found: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [first, end] of ranges) {
    found.push({ text: characters.slice(at, first).join(''), hit: false }, { text: characters.slice(first, end).join(''), hit: true });
    at = end;
  }
  return [...found, { text: characters.slice(at).join(''), hit: false }].filter((part) => part.text !== '');
}
