/** Who is signed in, for the whole app. */
import { api, ApiProblem, NetworkFailure, onUnauthenticated } from './api.ts';
import { comesAsStranger } from './firstAnswers.ts';
import type { Id, Me } from './types.ts';

type Guard = () => Promise<boolean>;
type PersonListener = (person: Id | null) => void;

class Session {
  /** The signed-in person; null when nobody is. Meaningful once `ready`. */
  me = $state<Me | null>(null);
  /** True once the server has been asked at least once. */
  ready = $state(false);
  /** Set when the first question got no answer: the page should offer a retry. */
  failure = $state<unknown>(null);

  #guards = new Set<Guard>();
  #personListeners = new Set<PersonListener>();
  #signedOutListeners = new Set<(person: Id) => void>();
  #tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('estafette.session');
  #asking: Promise<Me | null> | null = null;
  #equip: () => Promise<void> = () => Promise.resolve();

  constructor() {
    onUnauthenticated(() => this.set(null));
    this.#tabs?.addEventListener('message', () => void this.refresh());
  }

  /** Takes how to fetch what only signed-in people need: nobody counts as signed in before that is there. */
  equipWith(fetch: () => Promise<void>): void {
    let fetched: Promise<void> | null = null;
    this.#equip = () =>
      (fetched ??= fetch().catch((error: unknown) => {
        fetched = null;
        throw new NetworkFailure(error);
      }));
  }

  /** Fetches that ahead of time: somebody may be about to sign in. */
  equip(): void {
    this.#equip().catch(() => undefined);
  }

  /** Asks the server who is signed in; keeps what it knew when there is no answer. */
  refresh(): Promise<Me | null> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Takes over the answer of signing in or up. */
  async enter(me: Me): Promise<void> {
    await this.#equip();
    this.set(me);
  }

  /** Takes over what is known of the person, or that nobody is signed in. */
  set(me: Me | null): void {
    const other = this.me?.id !== me?.id;
    const changed = this.ready && other;
    this.me = me;
    this.ready = true;
    this.failure = null;
    if (other) for (const listener of this.#personListeners) listener(me?.id ?? null);
    // The cookie is shared: the other tabs must not go on as somebody else.
    if (changed) this.#tabs?.postMessage('changed');
  }

  /** Calls back with who is signed in now, whenever it is somebody else or nobody, before anything is shown of them. */
  onPerson(listener: PersonListener): () => void {
    this.#personListeners.add(listener);
    return () => this.#personListeners.delete(listener);
  }

  /** Registers a question to ask before signing out (unsent messages); answering false keeps the person signed in. */
  guardSignOut(guard: Guard): () => void {
    this.#guards.add(guard);
    return () => this.#guards.delete(guard);
  }

  /** Calls back with who has signed out on purpose, once it is done. */
  onSignedOut(listener: (person: Id) => void): () => void {
    this.#signedOutListeners.add(listener);
    return () => this.#signedOutListeners.delete(listener);
  }

  /** Signs out; false when a guard held it back. Throws when the server could not be reached. */
  async signOut(): Promise<boolean> {
    for (const guard of this.#guards) if (!(await guard())) return false;
    try {
      await api.delete('/sessions/current');
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 401)) throw error;
    }
    const person = this.me?.id;
    this.set(null);
    if (person) for (const listener of this.#signedOutListeners) listener(person);
    return true;
  }

  /** Ids under which the person takes part: their own and each partner's they are a member of. */
  get parties(): string[] {
    return this.me ? [this.me.id, ...this.me.partners.map((partner) => partner.id)] : [];
  }

  async #ask(): Promise<Me | null> {
    if (comesAsStranger()) {
      this.set(null);
      return null;
    }
    // Both at once; whether it came matters only when somebody is signed in.
    this.equip();
    try {
      await this.enter(await api.get<Me>('/me'));
    } catch (error) {
      if (error instanceof ApiProblem && error.status === 401) this.set(null);
      else this.failure = error;
    }
    return this.me;
  }
}

export const session = new Session();
