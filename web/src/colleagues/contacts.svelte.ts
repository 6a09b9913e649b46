/**
 * One's contact list. What is changed shows at once and is taken back when the server does not take it; other devices
 * and colleagues who leave are followed live.
 */
import { live } from '../core/live/live.svelte.ts';
import { session } from '../core/session.svelte.ts';
import type { Id } from '../core/types.ts';
import { toasts } from '../ui/toasts.svelte.ts';
import { contactApi } from './api.ts';
import { ORGANISATION } from './organisation.ts';
import { parts, placed, placeOf } from './order.ts';
import { contactTexts as texts } from './texts/contacts.ts';
import type { Colleague, Contact } from './types.ts';

/** How soon after news they are read; in milliseconds. */
const PACE = 300;

export class Contacts {
  items = $state.raw<Contact[]>([]);
  ready = $state.raw(false);
  /** Why there is nothing to show. */
  failure = $state.raw<unknown>(null);
  readonly favourites = $derived(parts(this.items)[0]);

  #followers = 0;
  #leave: (() => void)[] = [];
  #soon: ReturnType<typeof setTimeout> | undefined;
  /** Changes on their way: what is read meanwhile may be older. */
  #changing = 0;
  #asked = 0;

  /** Reads the list and keeps it true until the returned function is called; any number of components may. */
  follow(): () => void {
    if (!session.me?.roles.includes('employee')) return () => undefined;
    if (this.#followers++ === 0) this.#begin();
    return () => {
      if (--this.#followers === 0) for (const each of this.#leave.splice(0)) each();
    };
  }

  of(id: Id): Contact | undefined {
    return this.items.find(({ person }) => person.id === id);
  }

  load = async (): Promise<void> => {
    const asked = ++this.#asked;
    try {
      const { items } = await contactApi.list();
      if (asked !== this.#asked || this.#changing) return;
      this.items = items;
      this.ready = true;
      this.failure = null;
    } catch (error) {
      if (asked === this.#asked) this.failure = error;
    }
  };

  /** Adds somebody, or makes a contact a favourite or not. */
  put(person: Colleague, isFavourite = false): Promise<void> {
    return this.#change(placed(this.items, { person, is_favourite: isFavourite }), () => contactApi.put(person.id, { is_favourite: isFavourite }));
  }

  /** Moves a contact among its equals. */
  async move(id: Id, position: number): Promise<void> {
    const contact = this.of(id);
    if (!contact || position < 0 || position === placeOf(this.items, id)) return;
    await this.#change(placed(this.items, contact, position), () => contactApi.put(id, { position }));
  }

  remove(id: Id): Promise<void> {
    return this.#change(this.items.filter(({ person }) => person.id !== id), () => contactApi.remove(id));
  }

  #begin(): void {
    this.items = [];
    this.ready = false;
    void this.load();
    this.#leave = [
      live.on('party', ({ party, changes }) => {
        const own = party === session.me?.id && changes.some(({ kind }) => kind === 'contacts_changed');
        const listed = party === ORGANISATION && changes.some(({ subject }) => this.of(subject));
        if (own || listed) this.#loadSoon();
      }),
      live.onWelcome(this.load),
    ];
  }

  #loadSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      if (this.#followers) void this.load();
    }, PACE);
  }

  async #change(items: Contact[], send: () => Promise<unknown>): Promise<void> {
    this.items = items;
    this.#changing += 1;
    try {
      await send();
    } catch {
      toasts.say(texts.notChanged, 'danger');
    } finally {
      this.#changing -= 1;
      // What came from other devices meanwhile, and what the server has not taken.
      if (!this.#changing) this.#loadSoon();
    }
  }
}

export const contacts = new Contacts();
