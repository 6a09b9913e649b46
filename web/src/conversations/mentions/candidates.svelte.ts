/** Who is offered after an `@`: members by how their names begin, who spoke last first; then colleagues to be invited. */
import { directory } from '../../colleagues/api.ts';
import { api, query } from '../../core/api.ts';
import { session } from '../../core/session.svelte.ts';
import type { Card, Id, Page } from '../../core/types.ts';
import { mayMentionAll, type MentionPlace } from './place.ts';

export type Candidate = { kind: 'member'; person: Card } | { kind: 'stranger'; person: Card } | { kind: 'all' };

const SHOWN = 8;
const STRANGERS = 3;
/** So few letters begin too many names. */
const LETTERS = 2;
const PAUSE = 120;

export class Candidates {
  found = $state.raw<Candidate[]>([]);
  active = $state(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #words = '';
  #answered = '';

  /** `spoke` are those who spoke here, the last one first. */
  look(words: string, place: MentionPlace, spoke: () => Id[]): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.#words = words;
    this.#timer = setTimeout(() => {
      this.#find(words, place, spoke()).then(
        (found) => {
          if (asked !== this.#asked) return;
          this.found = found;
          this.active = 0;
          this.#answered = words;
        },
        () => this.close(),
      );
    }, PAUSE);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.found = [];
  }

  /** Whether somebody shown is meant by what is typed now: found for it, or named so. */
  answers(candidate: Candidate): boolean {
    const name = candidate.kind === 'all' ? 'all' : candidate.person.name.toLocaleLowerCase();
    return this.#answered === this.#words || ` ${name}`.includes(` ${this.#words.toLocaleLowerCase()}`);
  }

  move(by: number): void {
    this.active = (this.active + by + this.found.length) % this.found.length;
  }

  async #find(words: string, place: MentionPlace, spoke: Id[]): Promise<Candidate[]> {
    const page = await api.get<Page<{ person: Card }>>(query(`/conversations/${place.id}/members`, { q: words, limit: 50 }), { unasked: true });
    const me = session.me?.id;
    const rank = (id: Id) => (spoke.includes(id) ? spoke.indexOf(id) : spoke.length);
    const members = page.items.map(({ person }) => person).filter(({ id }) => id !== me).sort((a, b) => rank(a.id) - rank(b.id)).slice(0, SHOWN);
    const all: Candidate[] = mayMentionAll(place) && 'all'.startsWith(words.toLowerCase()) ? [{ kind: 'all' }] : [];
    const strangers = place.invites && members.length < SHOWN && words.length >= LETTERS ? await this.#strangers(words, new Set(page.items.map(({ person }) => person.id))) : [];
    return [...members.map((person): Candidate => ({ kind: 'member', person })), ...all, ...strangers.map((person): Candidate => ({ kind: 'stranger', person }))];
  }

  async #strangers(words: string, members: Set<Id>): Promise<Card[]> {
    const { items } = await directory.search(words, null, null);
    return items.filter(({ id }) => !members.has(id) && id !== session.me?.id).slice(0, STRANGERS);
  }
}
