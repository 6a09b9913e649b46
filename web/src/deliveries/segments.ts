/**
 * How many segments a text message takes (3GPP TS 23.038): seven bits a character while every character is in the default
 * alphabet or its extension, else UTF-16. The server counts by the same rule. Pure.
 */

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Each is written as an escape and a second septet. */
const EXTENSION = new Set('\f^{}\\[~]|€');

export interface Size {
  encoding: 'gsm7' | 'ucs2';
  segments: number;
  /** As people count: an emoji is one. */
  characters: number;
  /** How much still fits into the present number of segments: septets, or halves of UTF-16 pairs. */
  left: number;
  /** The characters that the default alphabet lacks, each once, in the order of the text. */
  notInGsm7: string[];
}

export function sizeOf(text: string): Size {
  const letters = [...text];
  const notInGsm7 = [...new Set(letters.filter((letter) => !BASIC.has(letter) && !EXTENSION.has(letter)))];
  const encoding = notInGsm7.length ? 'ucs2' : 'gsm7';
  const costs = letters.map((letter) => (encoding === 'ucs2' ? letter.length : EXTENSION.has(letter) ? 2 : 1));
  const [alone, joined] = encoding === 'ucs2' ? [70, 67] : [160, 153];
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const characters = letters.length;
  if (total <= alone) return { encoding, segments: 1, characters, left: alone - total, notInGsm7 };
  const { segments, left } = spread(costs, joined);
  return { encoding, segments, characters, left, notInGsm7 };
}

/** What belongs together (an escape and its letter, the two halves of an emoji) is never parted between two segments. */
function spread(costs: number[], room: number): { segments: number; left: number } {
  let segments = 1;
  let left = room;
  for (const cost of costs) {
    if (cost > left) [segments, left] = [segments + 1, room];
    left -= cost;
  }
  return { segments, left };
}
