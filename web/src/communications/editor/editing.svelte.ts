/** A communication while it is written. A draft saves itself a moment after each change; what is scheduled is saved on demand. */
import { ApiProblem } from '../../core/api.ts';
import { newKey } from '../../core/keys.ts';
import type { LanguageCode } from '../../core/types.ts';
import { communications } from '../api.ts';
import type { Channel, Communication, Plan } from '../types.ts';
import { changesOf, freshPlan, planOf, textOf, withText, type TextOf } from './plan.ts';
import { refused } from './problems.ts';

const PAUSE = 800;

export class Editing {
  plan = $state.raw<Plan>(freshPlan('en'));
  /** As the server has it; null as long as it has none. */
  stored = $state.raw<Communication | null>(null);
  busy = $state(false);
  error = $state.raw<unknown>(null);
  /** The plan that the server has, or that it began with. */
  #saved = $state.raw<Plan>(freshPlan('en'));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #chain: Promise<unknown> = Promise.resolve();
  #key = { body: '', key: '' };
  #closed = false;
  #onmade: (made: Communication) => void;

  constructor(onmade: (made: Communication) => void) {
    this.#onmade = onmade;
  }

  get unsaved(): boolean {
    return Object.keys(changesOf(this.#saved, this.plan)).length > 0;
  }

  get isDraft(): boolean {
    return !this.stored || this.stored.state === 'draft';
  }

  /** Somebody else has changed it meanwhile, so that nothing of this is taken any more. */
  get conflict(): boolean {
    return this.error instanceof ApiProblem && this.error.status === 409;
  }

  /** Whose place among the fields of the server begins so is wrong because of this. */
  field(...names: string[]): string | undefined {
    return refused(this.error).find(({ field }) => names.includes(field))?.message;
  }

  begin(plan: Plan, stored: Communication | null = null): void {
    clearTimeout(this.#timer);
    [this.plan, this.#saved, this.stored, this.error] = [plan, plan, stored, null];
  }

  show(stored: Communication): void {
    this.begin(planOf(stored), stored);
  }

  set(changes: Partial<Plan>): void {
    this.plan = { ...this.plan, ...changes };
    clearTimeout(this.#timer);
    if (this.isDraft && !this.conflict) this.#timer = setTimeout(() => void this.save(), PAUSE);
  }

  say<C extends Channel>(language: LanguageCode, channel: C, changes: Partial<TextOf[C]>): void {
    const text = { ...textOf(this.plan.content, language, channel), ...changes };
    this.set({ content: withText(this.plan.content, language, channel, text) });
  }

  /** Saves what is not saved, after what is under way; true when all is. */
  save = (): Promise<boolean> => {
    clearTimeout(this.#timer);
    const saved = this.#chain.then(() => this.#store());
    this.#chain = saved;
    return saved;
  };

  /** Schedules it as it stands; true when the server took it. */
  async schedule(): Promise<boolean> {
    if (!(await this.save()) || !this.stored) return false;
    const { id, revision } = this.stored;
    return this.#run(async () => this.show(await communications.schedule(id, revision)));
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #store(): Promise<boolean> {
    const sent = this.plan;
    const changes = changesOf(this.#saved, sent);
    const { stored } = this;
    if (stored && !Object.keys(changes).length) return true;
    return this.#run(async () => {
      this.stored = stored ? await communications.change(stored.id, { ...changes, revision: stored.revision }, true) : await this.#make(sent);
      this.#saved = sent;
      if (!stored && !this.#closed) this.#onmade(this.stored);
    });
  }

  #make(plan: Plan): Promise<Communication> {
    const body = JSON.stringify(plan);
    if (this.#key.body !== body) this.#key = { body, key: newKey() };
    return communications.add({ ...plan, draft: true }, this.#key.key, true);
  }

  async #run(request: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    try {
      await request();
      this.error = null;
      return true;
    } catch (error) {
      this.error = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
