/** Holds what is around every page for whoever is signed in: put in by `people.svelte.ts`, which strangers do not fetch. */
import type { parts } from './parts.ts';

class Around {
  parts = $state.raw<typeof parts | null>(null);
}

export const around = new Around();
