/** What a plan will come to, by the register of this moment. */
import { previews } from '../../api.ts';
import type { Estimate, Plan } from '../../types.ts';

export class Estimating {
  found = $state.raw<Estimate | null>(null);
  error = $state.raw<unknown>(null);
  busy = $state(false);

  /** Asks for one plan; called within an effect, whose end it returns. */
  follow(plan: Plan): () => void {
    const stop = new AbortController();
    void this.#ask(plan, stop.signal);
    return () => stop.abort();
  }

  async #ask(plan: Plan, signal: AbortSignal): Promise<void> {
    this.busy = true;
    try {
      const found = await previews.estimate(plan, signal);
      if (!signal.aborted) [this.found, this.error] = [found, null];
    } catch (error) {
      if (!signal.aborted) this.error = error;
    } finally {
      if (!signal.aborted) this.busy = false;
    }
  }
}
