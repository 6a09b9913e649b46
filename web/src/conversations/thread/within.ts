/** A search expression, asked of one conversation. */
import type { Id } from '../../core/types.ts';

/** The pieces of an expression, as the server takes it apart. */
const PIECE = /-?(?:[A-Za-z]{2,20}:(?:"[^"]*"?|[^\s"]*)|"[^"]*"?|[^\s"]+)/g;
const OPERATOR = /^-?[A-Za-z]{2,20}:/;
const QUOTES = /[“”„‟«»″]/g;

/** Stands behind what was typed, so that a fault is named by its place there; but not behind a last word, which may be unfinished. */
export function within(conversation: Id, expression: string): string {
  const typed = expression.replace(QUOTES, '"');
  const last = [...typed.matchAll(PIECE)].at(-1);
  const place = `in:${conversation}`;
  if (!last || OPERATOR.test(last[0])) return `${typed}${typed.split('"').length % 2 ? '' : '"'} ${place}`;
  return `${typed.slice(0, last.index)}${place} ${typed.slice(last.index)}`;
}
