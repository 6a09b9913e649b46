/** What a plan will come to, by the register of this moment, and whether all its texts are sound. */
import { languages } from '../../../i18n/index.ts';
import { previews } from '../../api.ts';
import type { Estimate, Plan } from '../../types.ts';
import { written } from '../plan.ts';
import { refused, type Refusal } from '../problems.ts';

export class Estimating {
  found = $state.raw<Estimate | null>(null);
  /** What is wrong with texts, or with the audience. */
  refusals = $state.raw<Refusal[]>([]);
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
      const [found, ...texts] = await Promise.allSettled([previews.estimate(plan, signal), ...this.#texts(plan, signal)]);
      if (signal.aborted) return;
      this.refusals = [found, ...texts].flatMap((each) => (each.status === 'rejected' ? refused(each.reason) : []));
      const failed = [found, ...texts].find((each) => each.status === 'rejected' && !refused(each.reason).length);
      this.error = failed?.status === 'rejected' ? failed.reason : null;
      if (found.status === 'fulfilled') this.found = found.value;
    } finally {
      if (!signal.aborted) this.busy = false;
    }
  }

  /** Every text that is there is looked at as it would go out. */
  #texts({ channels, content }: Plan, signal: AbortSignal): Promise<unknown>[] {
    return channels.flatMap((channel) =>
      languages.filter((language) => written(content, language, channel) === 'whole').map((language) => previews.show({ content, channel, language, client_id: null }, signal)),
    );
  }
}
