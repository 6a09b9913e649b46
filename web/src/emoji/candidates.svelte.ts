/** Which emoji are offered after a `:`, by names and keywords in the reader's language and in English. */
import { language, type Language } from '../i18n/index.ts';
import { findEmojis, loadEmojis, type Emoji } from './data.ts';

const SHOWN = 8;

export class EmojiCandidates {
  found = $state.raw<Emoji[]>([]);
  active = $state(0);
  #asked = 0;
  #known: { of: Language; all: Emoji[] } | null = null;

  look(words: string): void {
    const asked = ++this.#asked;
    if (this.#known?.of === language.current) return this.#show(this.#known.all, words);
    const of = language.current;
    both(of).then(
      (all) => {
        this.#known = { of, all };
        if (asked === this.#asked) this.#show(all, words);
      },
      // Without a network there is no help; the words stay as they are typed, and the next ones ask again.
      () => this.close(),
    );
  }

  close(): void {
    this.#asked += 1;
    this.found = [];
  }

  move(by: number): void {
    this.active = (this.active + by + this.found.length) % this.found.length;
  }

  #show(all: Emoji[], words: string): void {
    this.found = findEmojis(all, words).slice(0, SHOWN);
    this.active = 0;
  }
}

/** With the words of both languages; each has the same emoji in the same order. */
async function both(reader: Language): Promise<Emoji[]> {
  const [own, english] = await Promise.all([loadEmojis(reader), loadEmojis('en')]);
  return reader === 'en' ? own : own.map((emoji, at) => ({ ...emoji, words: [...emoji.words, ...english[at]!.words] }));
}
