/** What could be typed on: operators, what they take, and the names of people and chats. */
import { api, query } from '../core/api.ts';
import { otherSide } from '../core/feed/sides.ts';
import { employed } from '../core/roles.ts';
import { session } from '../core/session.svelte.ts';
import { directory } from '../colleagues/api.ts';
import { OPERATORS, pieceAt, VALUES, written, type Operator, type Piece } from './expression.ts';
import { texts } from './texts.ts';
import type { Results } from './types.ts';

export interface Suggestion {
  /** What takes the place of the piece at the caret. */
  text: string;
  about: string;
}

const SHOWN = 8;
const PAUSE = 150;

export class Suggestions {
  items = $state.raw<Suggestion[]>([]);
  active = $state(-1);
  piece: Piece | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  /** Thinks anew about what stands at the caret. */
  update(text: string, caret: number): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    this.piece = pieceAt(text, caret);
    this.active = -1;
    const { minus, operator, value } = this.piece ?? { minus: '', operator: null, value: '' };
    const ofNames = operator === 'from:' || operator === 'mentions:' || operator === 'in:';
    this.items = ofNames ? fixed(minus, operator, value) : offered(this.piece, text);
    if (!ofNames || !value.trim()) return;
    this.#timer = setTimeout(async () => {
      const names = await (operator === 'in:' ? chats(value) : people(value)).catch(() => []);
      if (asked !== this.#asked) return;
      this.items = [...fixed(minus, operator, value), ...[...new Set(names)].map((name) => ({ text: minus + written(operator, name), about: '' }))].slice(0, SHOWN);
    }, PAUSE);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#asked++;
    this.items = [];
    this.active = -1;
  }

  move(by: 1 | -1): void {
    const count = this.items.length;
    this.active = this.active + by < -1 ? count - 1 : this.active + by >= count ? -1 : this.active + by;
  }
}

function fixed(minus: string, operator: string, value: string): Suggestion[] {
  return operator !== 'in:' && 'me'.startsWith(value.toLowerCase()) && value.toLowerCase() !== 'me' ? [{ text: `${minus}${operator}me`, about: texts.me }] : [];
}

function offered(piece: Piece | null, text: string): Suggestion[] {
  if (!piece) return text.trim() ? [] : OPERATORS.map(asOperator);
  const { minus, operator, value } = piece;
  if (operator === null) return value.length < 2 ? [] : OPERATORS.filter((each) => each.startsWith(value.toLowerCase())).map((each) => ({ ...asOperator(each), text: minus + each }));
  const days = operator === 'before:' || operator === 'after:' || operator === 'on:';
  const values = days ? [texts.today, texts.yesterday] : (VALUES[operator as Operator] ?? []);
  return values.filter((each) => each.startsWith(value.toLowerCase()) && each !== value.toLowerCase()).map((each) => ({ text: `${minus}${operator}${each}`, about: '' }));
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const asOperator = (operator: Operator): Suggestion => ({ text: operator, about: texts.operators[operator] });

async function people(value: string): Promise<string[]> {
  if (!employed(session.me)) return chats(value);
  // Only by their names: the directory finds people by what they do, too.
  const words = plain(value).split(/\s+/).filter(Boolean);
  const named = (name: string) => words.every((word) => ` ${plain(name)}`.includes(` ${word}`));
  return (await directory.search(value, null, null)).items.map(({ name }) => name).filter(named).slice(0, SHOWN);
}

async function chats(value: string): Promise<string[]> {
  const found = await api.get<Results>(query('/search', { q: `"${value.replaceAll('"', '')}`, in: 'chats', limit: SHOWN }), { unasked: true });
  return (found.chats?.items ?? []).map((chat) => otherSide(chat).name);
}
