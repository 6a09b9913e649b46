/**
 * What is on its way out. An entry is stored before its first request and leaves the store only when the server has
 * answered: taken (2xx) or refused (4xx, kept as failed until the person decides). Every attempt carries the same key.
 */
import { ApiProblem } from '../api.ts';
import { newKey } from '../keys.ts';
import { Backoff } from '../live/backoff.ts';
import { serverTime } from '../serverTime.ts';
import type { Conversation, Message, Quoted } from '../conversationTypes.ts';
import type { FileInfo, Id } from '../types.ts';
import type { Entry, EntryStore, MessageExtras } from './entries.ts';

export interface Draft extends MessageExtras {
  target: Entry['target'];
  lane: string;
  text: string;
  attachments?: FileInfo[];
  quoted?: Quoted | null;
  key?: string;
}
export interface Sent {
  message: Message;
  conversation?: Conversation;
}
export interface OutboxPorts {
  store: EntryStore;
  /** One attempt to send. */
  post(entry: Entry): Promise<Sent>;
  /** Runs `work` while no other tab does. */
  alone(work: () => Promise<void>): Promise<void>;
  /** Who the server takes this browser for, or null. */
  identify(): Promise<Id | null>;
  /** Tells the other tabs that the store has changed. */
  announce(): void;
}
type SentListener = (entry: Entry, sent: Sent) => void;

export class Outbox {
  /** The signed-in person's entries, oldest first. */
  entries = $state.raw<Entry[]>([]);

  #ports: OutboxPorts;
  #person: Id | null = null;
  #listeners = new Set<SentListener>();
  #backoff = new Backoff();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #draining: Promise<void> | null = null;
  #again = false;
  #clock = 0;

  constructor(ports: OutboxPorts) {
    this.#ports = ports;
  }

  onSent(listener: SentListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends what `person` left behind, and from now on what they write; null stops. */
  async start(person: Id | null): Promise<void> {
    this.#person = person;
    clearTimeout(this.#retry);
    await this.reload();
    if (person) void this.wake();
  }

  /** Reads the store again: another tab has changed it. */
  async reload(): Promise<void> {
    const stored = await this.#ports.store.all();
    this.entries = stored.filter(({ person }) => person === this.#person).sort(inOrder);
  }

  /** Takes a message; it is on screen at once and resolves when it is stored safely. */
  async add(draft: Draft): Promise<Entry> {
    if (!this.#person) throw new Error('nobody is signed in');
    this.#clock = Math.max(serverTime.now(), this.#clock + 1);
    const entry: Entry = { key: newKey(), attachments: [], ...draft, person: this.#person, at: this.#clock, refusal: null };
    this.entries = [...this.entries.filter(({ key }) => key !== entry.key), entry];
    await this.#keep(entry);
    void this.wake();
    return entry;
  }

  async retry(key: string): Promise<void> {
    const entry = this.entries.find((other) => other.key === key);
    if (!entry) return;
    const fresh = { ...entry, refusal: null };
    this.#show(fresh);
    await this.#keep(fresh);
    this.#backoff.reset();
    await this.wake();
  }

  async discard(key: string): Promise<void> {
    this.entries = this.entries.filter((entry) => entry.key !== key);
    await this.#ports.store.remove(key);
    this.#ports.announce();
  }

  /** Throws away all that the person has not sent. */
  async clear(person: Id): Promise<void> {
    for (const entry of await this.#ports.store.all()) if (entry.person === person) await this.discard(entry.key);
  }

  /** Tries now: something was written, the network is back, or the wait is over. */
  wake(): Promise<void> {
    clearTimeout(this.#retry);
    this.#again = true;
    this.#draining ??= this.#drain().finally(() => (this.#draining = null));
    return this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      let stuck = false;
      if (this.entries.some(({ refusal }) => !refusal)) await this.#ports.alone(async () => void (stuck = await this.#sendAll()));
      if (stuck && !this.#again) this.#retry = setTimeout(() => void this.wake(), this.#backoff.next());
      else if (!stuck) this.#backoff.reset();
    }
  }

  /** Sends lane by lane, all lanes at once; true when something has to wait. */
  async #sendAll(): Promise<boolean> {
    const person = this.#person;
    const waiting = (await this.#ports.store.all()).filter((entry) => entry.person === person && !entry.refusal).sort(inOrder);
    if (!waiting.length) {
      await this.reload();
      return false;
    }
    if (!person || (await this.#ports.identify()) !== person) return true;
    const lanes = group(waiting);
    return (await Promise.all(lanes.map((lane) => this.#sendLane(lane)))).some(Boolean);
  }

  async #sendLane(lane: Entry[]): Promise<boolean> {
    for (const entry of lane) {
      if (this.#person !== entry.person) return true;
      try {
        const sent = await this.#ports.post(entry);
        for (const listener of this.#listeners) listener(entry, sent);
        await this.discard(entry.key);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.passing || error.status === 401) return true;
        const { title, detail, code, requestId } = error;
        const refused = { ...entry, refusal: { title, detail, code, requestId } };
        this.#show(refused);
        await this.#keep(refused);
      }
    }
    return false;
  }

  async #keep(entry: Entry): Promise<void> {
    await this.#ports.store.put(entry);
    this.#ports.announce();
  }

  #show(entry: Entry): void {
    this.entries = this.entries.map((other) => (other.key === entry.key ? entry : other));
  }
}

function inOrder(a: Entry, b: Entry): number {
  return a.at - b.at || a.key.localeCompare(b.key);
}

function group(entries: Entry[]): Entry[][] {
  const lanes = new Map<string, Entry[]>();
  for (const entry of entries) lanes.set(entry.lane, [...(lanes.get(entry.lane) ?? []), entry]);
  return [...lanes.values()];
}
