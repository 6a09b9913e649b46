/** What this server says of itself to anyone: its name, whether it still needs its first administrator, demo accounts. */
import { api } from './api.ts';
import type { Instance } from './types.ts';

class ThisInstance {
  known = $state<Instance | null>(null);
  failure = $state<unknown>(null);
  #asking: Promise<void> | null = null;

  load(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      this.known = await api.get<Instance>('/instance');
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }
}

export const instance = new ThisInstance();
