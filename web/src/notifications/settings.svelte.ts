/**
 * What the reader has settled. Every control takes effect at once: a change shows as done, goes to the server after those
 * before it, and is taken back with the reason when the server does not accept it.
 */
import { NetworkFailure } from '../core/api.ts';
import { live } from '../core/live/live.svelte.ts';
import { session } from '../core/session.svelte.ts';
import type { Id } from '../core/types.ts';
import { notifications } from './api.ts';
import { applied } from './changes.ts';
import type { Channel, Kind, Settings, SettingsChanges } from './types.ts';

/** What a control is about: where to say that it did not work. */
export type Matter = 'quiet' | 'disturb' | `${Kind} ${Channel}`;

interface Pending {
  matter: Matter;
  changes: SettingsChanges;
}

class NotificationSettings {
  #stored = $state.raw<Settings | null>(null);
  #pending = $state.raw<Pending[]>([]);
  #errors = $state.raw<ReadonlyMap<Matter, unknown>>(new Map());
  /** Why there is nothing to show. */
  failure = $state.raw<unknown>(null);
  #last: Promise<unknown> = Promise.resolve();
  #whose: Id | undefined;
  /** Counts what was taken: an answer to an earlier question is older than that. */
  #taken = 0;

  constructor() {
    // Set on another device, or as the status of one's presence.
    live.on('party', ({ changes }) => this.#stored && changes.some(({ kind }) => kind === 'do_not_disturb_changed') && void this.load());
  }

  /** With the changes that are on their way; null until it was read. */
  readonly current = $derived(this.#stored && this.#pending.reduce((settings, { changes }) => applied(settings, changes), this.#stored));

  /** Whether something is on its way to the server. */
  get saving(): boolean {
    return this.#pending.length > 0;
  }

  errorOf(matter: Matter): unknown {
    return this.#errors.get(matter) ?? null;
  }

  /** Reads them afresh; what is shown stays until the answer comes. */
  load = async (): Promise<void> => {
    this.#begin(session.me?.id);
    const taken = this.#taken;
    this.failure = null;
    try {
      const settings = await notifications.settings();
      if (taken === this.#taken) this.#stored = settings;
    } catch (error) {
      if (taken === this.#taken) this.failure = error;
    }
  };

  /** True once the server has taken it; never throws. */
  change(matter: Matter, changes: SettingsChanges): Promise<boolean> {
    const pending = { matter, changes };
    this.#pending = [...this.#pending, pending];
    this.#say(matter, null);
    const taken = this.#last.then(() => this.#send(pending));
    this.#last = taken;
    return taken;
  }

  async #send(pending: Pending): Promise<boolean> {
    this.#begin(session.me?.id);
    // Somebody else is signed in by now.
    if (!this.#pending.includes(pending)) return false;
    try {
      const settings = await notifications.change(pending.changes);
      if (!this.#pending.includes(pending)) return false;
      this.#taken += 1;
      this.#stored = settings;
      return true;
    } catch (error) {
      this.#say(pending.matter, error);
      // Without an answer nobody knows whether it was taken.
      if (error instanceof NetworkFailure) void this.load();
      return false;
    } finally {
      this.#pending = this.#pending.filter((each) => each !== pending);
    }
  }

  #say(matter: Matter, error: unknown): void {
    const errors = new Map(this.#errors);
    if (error) errors.set(matter, error);
    else errors.delete(matter);
    this.#errors = errors;
  }

  /** What is held of one person is nothing to the next. */
  #begin(person: Id | undefined): void {
    if (this.#whose === person) return;
    this.#whose = person;
    this.#taken += 1;
    this.#stored = null;
    this.#pending = [];
    this.#errors = new Map();
  }
}

export const settings = new NotificationSettings();
