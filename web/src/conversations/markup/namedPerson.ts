/**
 * How somebody who is named in a text, or everybody (null), is shown: put in by `people.svelte.ts`. A storefront shows
 * texts, too, and strangers would load all that belongs to it.
 */
import type { Component } from 'svelte';

export const namedPerson: { shown: Component<{ person: string | null; written: string }> | null } = { shown: null };
