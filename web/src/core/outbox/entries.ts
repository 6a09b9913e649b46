/** Messages on their way out, as they are kept: IndexedDB, or memory where a browser denies it. */
import type { Quoted } from '../conversationTypes.ts';
import type { FileInfo, Id } from '../types.ts';

export interface Refusal {
  title: string;
  detail: string;
  code: string;
  requestId: string;
}

export interface Entry {
  /** The idempotency key, made before the first attempt and used for every one. */
  key: string;
  /** Who wrote it: nobody else may send it. */
  person: Id;
  /** Entries of one lane go out in the order they were written. */
  lane: string;
  target: { conversation: Id } | { partner: Id };
  text: string;
  attachments: FileInfo[];
  /** What it replies to. */
  quoted?: Quoted | null;
  /** The revision of the draft that it was, which goes when it is stored. */
  draft?: number;
  mentions?: Id[];
  mentions_all?: boolean;
  /** When it was written, ms since the epoch; decides the order. */
  at: number;
  refusal: Refusal | null;
}

/** What a message may have beside text and files. */
export type MessageExtras = Pick<Entry, 'draft' | 'mentions' | 'mentions_all' | 'quoted'>;

export interface EntryStore {
  all(): Promise<Entry[]>;
  put(entry: Entry): Promise<void>;
  remove(key: string): Promise<void>;
}

export class MemoryStore implements EntryStore {
  #entries = new Map<string, Entry>();

  async all(): Promise<Entry[]> {
    return [...this.#entries.values()];
  }
  async put(entry: Entry): Promise<void> {
    this.#entries.set(entry.key, entry);
  }
  async remove(key: string): Promise<void> {
    this.#entries.delete(key);
  }
}

/** Keeps entries in IndexedDB and in memory beside it, so that a refused disk costs durability only. */
export class DurableStore implements EntryStore {
  #memory = new MemoryStore();
  #database: Promise<IDBDatabase | null> | null = null;

  async all(): Promise<Entry[]> {
    const stored = await this.#run<Entry[]>('readonly', (store) => store.getAll());
    return stored ?? this.#memory.all();
  }
  async put(entry: Entry): Promise<void> {
    if ((await this.#run('readwrite', (store) => store.put(entry))) === null) await this.#memory.put(entry);
  }
  async remove(key: string): Promise<void> {
    await this.#memory.remove(key);
    await this.#run('readwrite', (store) => store.delete(key));
  }

  /** The result of a request once its transaction is on disk, or null when storage is denied. */
  async #run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T | null> {
    const database = await (this.#database ??= open());
    if (!database) return null;
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction('outbox', mode);
        const request = ask(transaction.objectStore('outbox'));
        transaction.oncomplete = () => resolve(request.result as T);
        transaction.onerror = transaction.onabort = () => resolve(null);
      } catch {
        this.#database = null;
        resolve(null);
      }
    });
  }
}

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('estafette', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'key' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = request.onblocked = () => resolve(null);
    } catch {
      resolve(null);
    }
  });
}
