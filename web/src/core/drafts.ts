/** Unfinished texts, kept in this browser per person and key, so that a reload loses nothing. */

const PREFIX = 'estafette.draft.';

export const drafts = {
  read: (person: string, key: string): string => get(`${PREFIX}${person}.${key}`) ?? '',

  write(person: string, key: string, text: string): void {
    set(`${PREFIX}${person}.${key}`, text.trim() ? text : null);
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
