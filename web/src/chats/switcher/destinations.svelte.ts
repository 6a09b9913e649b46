/** Where one can go: one's chats, the recent ones first, and whom and what the server finds beside them. */
import { api, query } from '../../core/api.ts';
import { otherSide } from '../../core/feed/sides.ts';
import { byRecency } from '../../core/feed/summary.ts';
import { session } from '../../core/session.svelte.ts';
import type { Chat, SearchHit } from '../../core/conversationTypes.ts';
import type { Id, Page } from '../../core/types.ts';
import { directory } from '../../colleagues/api.ts';
import type { Colleague } from '../../colleagues/types.ts';
import { chats as server, type OpenChannel } from '../api.ts';
import { likeness } from '../names.ts';

export type Destination =
  | { kind: 'chat'; id: Id; name: string; chat: Chat }
  | { kind: 'person'; id: Id; name: string; person: Colleague }
  | { kind: 'channel'; id: Id; name: string; channel: OpenChannel }
  | { kind: 'message'; id: Id; name: string; hit: SearchHit }
  | { kind: 'search'; id: 'search'; name: string };

const SHOWN = 12;
/** Messages that say it, below whom and what it names. */
const SAID = 3;
const PAUSE = 120;

export class Destinations {
  words = $state('');
  /** What the server is asked is not there yet. */
  busy = $state.raw(false);
  #people = $state.raw<Colleague[]>([]);
  #channels = $state.raw<OpenChannel[]>([]);
  #found = $state.raw<Chat[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #answered = '';
  #said = $state.raw<SearchHit[]>([]);
  items: Destination[] = $derived.by(() => {
    const named = ranked(this.words, this.chats(), this.#found, this.#people, this.#channels);
    const words = this.words.trim();
    if (!words) return named;
    const said = this.#said.map((hit) => ({ kind: 'message' as const, id: hit.message.id, name: otherSide(hit.conversation).name, hit }));
    return [...named.slice(0, SHOWN - said.length), ...said, { kind: 'search' as const, id: 'search' as const, name: words }];
  });

  constructor(readonly chats: () => readonly Chat[]) {}

  type(words: string): void {
    this.words = words;
    clearTimeout(this.#timer);
    this.busy = words.trim() !== '';
    this.#timer = setTimeout(() => void this.#ask(), PAUSE);
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const q = this.words.trim();
    const none = { items: [] };
    const [people, channels, found, said] = q
      ? await Promise.all([
          directory.search(q, null, null).catch(() => none),
          server.channels(q, null, SHOWN).catch(() => none),
          // One that is put away, or further down than was read.
          api.get<Page<Chat>>(query('/conversations', { side: 'colleagues', q, limit: SHOWN }), { unasked: true }).catch(() => none),
          // What is no expression yet says nothing: the search itself tells why.
          api.get<{ messages: Page<SearchHit> }>(query('/search', { q, limit: SAID }), { unasked: true }).then(({ messages }) => messages).catch(() => none),
        ])
      : [none, none, none, none];
    if (asked !== this.#asked) return;
    [this.#people, this.#channels, this.#found, this.#said, this.#answered] = [people.items, channels.items, found.items, said.items, q];
    this.busy = q !== this.words.trim();
  }

  /** Whether it answers to what is typed now: found for it, or named so. */
  answers(to: Destination): boolean {
    return this.#answered === this.words.trim() || (to.kind !== 'message' && to.kind !== 'search' && likeness(this.words, to.name) > 0);
  }
}

/** The best first: of two that answer as well to what was typed the chat before the person, and the more recent chat. */
export function ranked(words: string, own: readonly Chat[], found: readonly Chat[], people: readonly Colleague[], channels: readonly OpenChannel[]): Destination[] {
  const known = new Map([...found, ...own].map((chat) => [chat.id, chat]));
  const chats = [...known.values()].sort(byRecency);
  const partners = new Set(chats.map((chat) => (chat.kind === 'direct' ? chat.counterpart.id : '')));
  const all: Destination[] = [
    ...chats.map((chat) => ({ kind: 'chat' as const, id: chat.id, name: otherSide(chat).name, chat })),
    ...people.filter(({ id }) => !partners.has(id) && id !== session.me?.id).map((person) => ({ kind: 'person' as const, id: person.id, name: person.name, person })),
    ...channels.filter(({ id }) => !known.has(id)).map((channel) => ({ kind: 'channel' as const, id: channel.id, name: channel.name, channel })),
  ];
  return all
    .map((destination, order) => ({ destination, order, score: score(words, destination) }))
    .filter(({ score: likely }) => likely > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, SHOWN)
    .map(({ destination }) => destination);
}

function score(words: string, destination: Destination): number {
  const likely = likeness(words, destination.name);
  // The directory finds people by their title and department, too.
  return likely || (destination.kind === 'person' ? 0.5 : 0);
}
