/** What a visitor typed on a storefront before anybody was signed in. It goes out once, after they have signed up or in. */
import { get, names, set } from './drafts.ts';
import { newKey } from './keys.ts';
import type { Outbox } from './outbox/outbox.svelte.ts';

/** `wanted`: the visitor pressed send; until then it is a draft. */
export interface VisitorNote {
  text: string;
  key: string;
  wanted: boolean;
  at: number;
}

const PREFIX = 'estafette.visitor.';
/** A wanted note older than this is a draft again: whoever signs in next may be somebody else. */
const FRESH = 2 * 60 * 60_000;

export const visitorNotes = {
  read(partner: string): VisitorNote | null {
    try {
      const note = JSON.parse(get(PREFIX + partner) ?? 'null') as VisitorNote | null;
      return note && typeof note.text === 'string' && typeof note.key === 'string' ? note : null;
    } catch {
      return null;
    }
  },

  write(partner: string, text: string, wanted = false): void {
    if (!text.trim()) return set(PREFIX + partner, null);
    const key = visitorNotes.read(partner)?.key ?? newKey();
    set(PREFIX + partner, JSON.stringify({ text, key, wanted, at: Date.now() } satisfies VisitorNote));
  },

  drop: (partner: string): void => set(PREFIX + partner, null),

  /**
   * Hands every wanted note to the outbox; the key, made while typing, keeps a repetition from doubling it. A note to a
   * partner that the person belongs to (`own`) has nobody to go to.
   */
  async deliver(outbox: Pick<Outbox, 'add'>, own: readonly string[] = []): Promise<void> {
    for (const name of names(PREFIX)) {
      const partner = name.slice(PREFIX.length);
      const note = visitorNotes.read(partner);
      if (!note?.wanted || Date.now() - note.at > FRESH) continue;
      if (!own.includes(partner)) await outbox.add({ target: { partner }, lane: partner, text: note.text.trim(), key: note.key });
      visitorNotes.drop(partner);
    }
  },
};
