/** Where an emoji is named in a text that is being typed. Pure. */

/** The longest word that is looked for; names of emoji are shorter. */
const LONGEST = 40;
/**
 * `:smi` and `:thumbs_up`, from two letters on, before which no word stands: neither in an address nor in a time of day,
 * and no smiley of signs, such as `:D` or `:-)`.
 */
const NAME = /(?<![^\s([{"'«„“>*_]):(\p{L}[\p{L}\p{N}\p{M}]+(?:[_-][\p{L}\p{N}\p{M}]*)*)$/u;

/** What is being typed after a `:` before the cursor; null where no name of an emoji begins. */
export function typedEmoji(text: string, cursor: number): { start: number; words: string } | null {
  const near = text.slice(Math.max(0, cursor - LONGEST - 2), cursor);
  const words = NAME.exec(near)?.[1];
  return words && words.length <= LONGEST ? { start: cursor - words.length - 1, words } : null;
}
