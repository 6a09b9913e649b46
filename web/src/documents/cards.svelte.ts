/** The cards of the links that are shown: asked for together, and again when one is shown after a minute. */
import { SvelteMap } from 'svelte/reactivity';
import { session } from '../core/session.svelte.ts';
import type { Id } from '../core/types.ts';
import { documents } from './api.ts';
import type { Acknowledgement, DocumentCard } from './types.ts';

/** What is shown within so many milliseconds is asked for in one question. */
const TOGETHER = 20;
/** Links in one question. */
const MOST = 50;
/** After so many milliseconds an answer is asked for anew. */
const FRESH = 60_000;

interface Held {
  card: DocumentCard | null;
  failed: boolean;
  at: number;
}
type Ask = (links: string[]) => Promise<{ items: DocumentCard[] }>;

export class Cards {
  #held = new SvelteMap<string, Held>();
  #wanted = new Set<string>();
  #soon: ReturnType<typeof setTimeout> | undefined;
  #of: Id | undefined;
  #ask: Ask;

  constructor(ask: Ask = documents.cards) {
    this.#ask = ask;
  }

  /** The card of a link: undefined until it was answered, null where the link is of no document. */
  of(link: string): DocumentCard | null | undefined {
    return this.#held.get(link)?.card;
  }

  /** Whether our own server could not be asked. */
  failed(link: string): boolean {
    return this.#held.get(link)?.failed ?? false;
  }

  /** A link is shown. */
  want(link: string): void {
    if (session.me?.id !== this.#of) this.forget();
    const held = this.#held.get(link);
    if (held && !held.failed && performance.now() - held.at < FRESH) return;
    this.again(link);
  }

  /** Asks for a card whatever is held of it. */
  again(link: string): void {
    this.#wanted.add(link);
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      const links = [...this.#wanted];
      this.#wanted.clear();
      for (let from = 0; from < links.length; from += MOST) void this.#fetch(links.slice(from, from + MOST));
    }, TOGETHER);
  }

  /** The reader has taken note: every card of that document says so. */
  acknowledged(link: string, version: string, given: Acknowledgement): void {
    for (const [each, held] of this.#held) {
      const document = held.card?.document;
      if (held.card && document?.link === link && document.version === version) {
        this.#held.set(each, { ...held, card: { ...held.card, document: { ...document, ...given } } });
      }
    }
  }

  /** What is held may be another person's. */
  forget(): void {
    this.#held.clear();
    this.#wanted.clear();
    this.#of = session.me?.id;
  }

  async #fetch(links: string[]): Promise<void> {
    const of = this.#of;
    const found = await this.#ask(links).then(({ items }) => new Map(items.map((card) => [card.link, card])), () => null);
    if (of !== this.#of) return;
    for (const link of links) {
      const card = found ? (found.get(link) ?? null) : this.of(link);
      this.#held.set(link, { card: card ?? null, failed: !found, at: performance.now() });
    }
  }
}

export const cards = new Cards();
