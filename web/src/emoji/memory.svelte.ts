/** What this browser remembers of choosing emoji: the ones chosen last, and the skin tone. */
import { get, set } from '../core/drafts.ts';
import { tones, type Tone } from './data.ts';

const RECENT = 'estafette.emoji.recent';
const TONE = 'estafette.emoji.tone';
const MOST = 24;
/** Longer than any emoji there is: what else may stand in the storage is nothing of ours. */
const LONGEST = 40;

class EmojiMemory {
  /** The last one first. */
  recent = $state.raw<string[]>(remembered());
  tone = $state.raw<Tone>(tones.find((tone) => String(tone) === get(TONE)) ?? 0);

  used(emoji: string): void {
    this.recent = [emoji, ...this.recent.filter((other) => other !== emoji)].slice(0, MOST);
    set(RECENT, this.recent.join(' '));
  }

  choose(tone: Tone): void {
    this.tone = tone;
    set(TONE, tone ? String(tone) : null);
  }
}

function remembered(): string[] {
  return (get(RECENT) ?? '').split(' ').filter((emoji) => emoji && emoji.length <= LONGEST).slice(0, MOST);
}

export const emojiMemory = new EmojiMemory();
