/** Names as they are searched: folded, and found by the beginnings of their words; pure. */

/** Without case and accents: "Éva  Müller" is "eva muller". */
export const folded = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();

const wordsOf = (name: string): string[] => folded(name).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/**
 * How well a name answers to what was typed; 0: not at all. The beginning of the whole name is better than beginnings of
 * its words in any order, these than initials ("jd" for John Doe), these than something within a word.
 */
export function likeness(typed: string, name: string): number {
  const wanted = wordsOf(typed);
  if (!wanted.length) return 1;
  const whole = folded(name);
  const words = wordsOf(name);
  if (whole.startsWith(folded(typed))) return 4;
  if (wanted.every((each) => words.some((word) => word.startsWith(each)))) return 3;
  if (wanted.length === 1 && byBeginnings(wanted[0]!, words)) return 2;
  return wanted.every((each) => whole.includes(each)) ? 1 : 0;
}

/** Whether letters are beginnings of words in their order: "jodo" and "jd" of "john doe". */
function byBeginnings(letters: string, words: string[]): boolean {
  // How far one comes in the letters with the words so far, in whichever way.
  const reached = new Set([0]);
  for (const word of words) {
    for (const at of [...reached]) {
      for (let length = 1; length <= word.length && word.startsWith(letters.slice(at, at + length)) && at + length <= letters.length; length++) reached.add(at + length);
    }
  }
  return reached.has(letters.length);
}
