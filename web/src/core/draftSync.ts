/** Which words stay where those of this browser and those of the server differ. Pure. */
import type { SavedDraft } from './savedDrafts.svelte.ts';
import type { Id } from './types.ts';

export interface LocalDraft {
  text: string;
  /** What it replies to. */
  reply: Id | null;
  /** The revision that it equals, or began from; 0: none. */
  revision: number;
  /** When it was last typed in, ms since the epoch by the server's clock. */
  at: number;
  /** Typed in since. */
  dirty: boolean;
}

/** `take` the server's, `save` one's own, or nothing is to do. */
export type Outcome = 'take' | 'save' | 'same';

export function settle(local: LocalDraft, saved: SavedDraft | undefined, isOwn: boolean): Outcome {
  if (saved?.text === local.text && (saved.reply_to ?? null) === local.reply) return 'same';
  if (!saved) {
    if (!local.text.trim()) return 'same';
    // Begun here and not stored yet; what was stored before and is gone was sent or thrown away elsewhere.
    return local.dirty || !local.revision ? 'save' : 'take';
  }
  if (!local.dirty) return 'take';
  // Typed on while one's own words were on their way, or after another device had stored its own.
  return isOwn || saved.revision === local.revision || local.at > Date.parse(saved.changed_at) ? 'save' : 'take';
}
