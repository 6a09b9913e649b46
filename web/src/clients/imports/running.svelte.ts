/** One import: what is known of it, kept up to date while a worker is at it. */
import type { Id } from '../../core/types.ts';
import { imports } from '../api.ts';
import type { ClientImport, ImportPlan, ImportPreview } from '../types.ts';

const EVERY = 1000;

export class Running {
  import = $state.raw<ClientImport | null>(null);
  preview = $state.raw<ImportPreview | null>(null);
  failure = $state.raw<unknown>(null);
  #id: Id;
  #looks = 0;

  constructor(id: Id) {
    this.#id = id;
  }

  get works(): boolean {
    return this.import?.state === 'queued' || this.import?.state === 'running';
  }

  load = async (unasked = false): Promise<void> => {
    try {
      this.import = await imports.get(this.#id, unasked);
      this.failure = null;
    } catch (error) {
      // What is shown stays; the next look may succeed.
      if (!this.import) this.failure = error;
    }
  };

  /** Looks again each second; called within an effect, whose end it returns. */
  follow(): () => void {
    const timer = setInterval(() => void this.load(true), EVERY);
    return () => clearInterval(timer);
  }

  look = async (plan: ImportPlan): Promise<void> => {
    const looks = ++this.#looks;
    const preview = await imports.preview(this.#id, plan);
    if (looks === this.#looks) this.preview = preview;
  };

  /** Another plan has another outcome: what is shown of the old one goes, and what is still on its way never comes. */
  replan(): void {
    this.#looks += 1;
    this.preview = null;
  }

  start = async (plan: ImportPlan): Promise<void> => {
    this.import = await imports.start(this.#id, plan);
  };

  cancel = async (): Promise<void> => {
    this.import = await imports.cancel(this.#id);
  };
}
