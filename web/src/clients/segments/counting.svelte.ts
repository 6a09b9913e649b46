/** How many clients a filter meets, asked anew a moment after each change of it. */
import { untrack } from 'svelte';
import { segments } from '../api.ts';
import type { Group, SegmentCount } from '../types.ts';
import { isComplete } from './rules.ts';

const PAUSE = 300;

export class Counting {
  /** Of the filter as it was last complete. */
  found = $state.raw<SegmentCount | null>(null);
  error = $state.raw<unknown>(null);
  busy = $state(false);

  /** Keeps the count of a filter; called within an effect, whose end it returns. */
  follow(filter: Group): () => void {
    if (!untrack(() => isComplete(filter))) return () => undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => void this.#ask(filter, stop.signal), PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }

  async #ask(filter: Group, signal: AbortSignal): Promise<void> {
    this.busy = true;
    try {
      const found = await segments.count(filter, signal);
      if (!signal.aborted) [this.found, this.error] = [found, null];
    } catch (error) {
      if (!signal.aborted) this.error = error;
    } finally {
      if (!signal.aborted) this.busy = false;
    }
  }
}
