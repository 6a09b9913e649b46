/** A sign of work that comes only after a moment: what is done within it leaves no flicker. */
import { PROGRESS_AFTER } from '../core/waiting.svelte.ts';

/** True once `holds` has been true for 300 ms without a break; to be called while a component is made. */
export function lately(holds: () => boolean): { readonly current: boolean } {
  let current = $state(false);
  $effect(() => {
    if (!holds()) return void (current = false);
    const soon = setTimeout(() => (current = true), PROGRESS_AFTER);
    return () => clearTimeout(soon);
  });
  return {
    get current() {
      return current;
    },
  };
}
