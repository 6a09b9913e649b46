/** Colleagues as they are searched for and browsed, kept true by live frames: who changes, comes or goes shows at once. */
import { ApiProblem } from '../core/api.ts';
import type { PartyChange } from '../core/live/frames.ts';
import { live } from '../core/live/live.svelte.ts';
import type { Id } from '../core/types.ts';
import { Listing } from '../ui/listing.svelte.ts';
import { directory, PAGE } from './api.ts';
import { ORGANISATION } from './organisation.ts';
import type { Colleague, Department } from './types.ts';

/** How soon after news they are read; what comes meanwhile is read along. In milliseconds. */
const PACE = 300;

export class ColleagueList {
  readonly listing: Listing<Colleague>;
  departments = $state.raw<Department[]>([]);
  #words = '';
  #department: string | null = null;
  #changed = new Set<Id>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.listing = new Listing((cursor) => directory.search(this.#words, this.#department, cursor));
  }

  /** Shows who fits; the former list stays until the answer is there. */
  show(words: string, department: string | null): Promise<void> {
    [this.#words, this.#department] = [words, department];
    return this.listing.restart();
  }

  /** Follows what happens until the returned function is called. */
  follow(): () => void {
    void this.#readDepartments();
    const leave = [live.on('party', ({ party, changes }) => party === ORGANISATION && this.#receive(changes)), live.onWelcome(() => this.#readAgain())];
    return () => {
      for (const each of leave) each();
      clearTimeout(this.#soon);
    };
  }

  /** Takes over what somebody here has just changed. */
  put(colleague: Colleague): void {
    this.listing.items = this.listing.items.map((held) => (held.id === colleague.id ? colleague : held));
  }

  #receive(changes: PartyChange[]): void {
    for (const { kind, subject } of changes) {
      if (kind === 'colleague_changed') this.#changed.add(subject);
      if (kind === 'colleagues_changed') for (const { id } of this.listing.items) this.#changed.add(id);
      // Whoever is not on the list yet may belong there, even where it is empty.
      if (kind === 'colleagues_changed') this.#changed.add(subject);
    }
    if (this.#changed.size) this.#soon ??= setTimeout(() => void this.#catchUp(), PACE);
  }

  async #catchUp(): Promise<void> {
    const changed = [...this.#changed];
    this.#soon = undefined;
    this.#changed.clear();
    try {
      // Of a list that was scrolled far down only those are read who are on it: it must not jump back to its start.
      if (this.listing.items.length <= PAGE) await this.#readAgain();
      else await Promise.all(changed.filter((id) => this.listing.items.some((held) => held.id === id)).map((id) => this.#readOne(id)));
    } catch {
      // The next news or the next reconnection reads them.
    }
  }

  async #readAgain(): Promise<void> {
    await Promise.all([this.listing.restart(), this.#readDepartments()]);
  }

  async #readDepartments(): Promise<void> {
    this.departments = (await directory.departments().catch(() => ({ items: this.departments }))).items;
  }

  async #readOne(id: Id): Promise<void> {
    const { listing } = this;
    try {
      this.put(await directory.person(id));
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 404)) throw error;
      listing.items = listing.items.filter((held) => held.id !== id);
    }
  }
}
