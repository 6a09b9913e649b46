/** Unfinished texts, kept in this browser per person and key, so that a reload loses nothing. */
import type { Quoted } from './conversationTypes.ts';

const PREFIX = 'estafette.draft.';

export interface DraftState {
  /** The revision that it equals, or began from; 0: none. */
  revision: number;
  /** When it was last typed in. */
  at: number;
  dirty: boolean;
  /** What it replies to. */
  reply?: Quoted | null;
}
const FRESH: DraftState = { revision: 0, at: 0, dirty: false };
const stateName = (person: string, key: string) => `${PREFIX}${person}.${key}#state`;

export const drafts = {
  read: (person: string, key: string): string => get(`${PREFIX}${person}.${key}`) ?? '',

  write(person: string, key: string, text: string): void {
    set(`${PREFIX}${person}.${key}`, text.trim() ? text : null);
  },

  /** How the text stands to what the server keeps of it. */
  readState(person: string, key: string): DraftState {
    try {
      return { ...FRESH, ...(JSON.parse(get(stateName(person, key)) ?? '{}') as Partial<DraftState>) };
    } catch {
      return FRESH;
    }
  },

  writeState(person: string, key: string, state: DraftState | null): void {
    set(stateName(person, key), state && JSON.stringify(state));
  },

  /** Forgets all that the person left unfinished. */
  clear(person: string): void {
    for (const name of names(`${PREFIX}${person}.`)) set(name, null);
  },
};

export function get(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Stores a text, or removes it when null; a browser that denies storage costs durability only. */
export function set(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // full or denied
  }
}

export function names(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}
