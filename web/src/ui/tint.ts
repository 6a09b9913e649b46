/** What stands for a picture that is not there: initials, and one of six tints that stays the same for a name. */

export function initialsOf(name: string): string {
  const letters = name
    .split(/[\s·—–-]+/u)
    .map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? '')
    .filter(Boolean);
  return ((letters[0] ?? '') + (letters.length > 1 ? (letters.at(-1) ?? '') : '')).toLocaleUpperCase();
}

export function tintOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % 6;
}
