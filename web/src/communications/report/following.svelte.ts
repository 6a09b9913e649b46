/** One communication for as long as somebody looks: totals come live, a frame a second at most; the rest is read again. */
import { ApiProblem } from '../../core/api.ts';
import { live } from '../../core/live/live.svelte.ts';
import type { Id } from '../../core/types.ts';
import { communications } from '../api.ts';
import type { Communication, CommunicationFrame, FailureCount, Outcome, State, Totals } from '../types.ts';
import { reports, type Timeline } from './api.ts';
import { figuresOfAll } from './figures.ts';

/** How often failures, the chart and recipients are read anew while something happens, in milliseconds. */
const EVERY = 10_000;
/** Reports still come in after the end: they are read so soon after totals that have changed. */
const SOON = 1_000;
const AT_WORK: State[] = ['preparing', 'running', 'cancelling'];
/** In which states it is still as a verb has left it. */
const AFTER: Record<Verb, State[]> = { pause: ['paused'], resume: ['scheduled', 'preparing', 'running'], cancel: ['cancelling', 'cancelled'] };

export class Followed {
  communication = $state.raw<Communication | null>(null);
  failures = $state.raw<FailureCount[] | null>(null);
  timeline = $state.raw<Timeline | null>(null);
  error = $state.raw<unknown>(null);
  /** How often it was looked at more closely: what else is shown of it is read anew then. */
  looks = $state(0);
  #latest = $state.raw<{ verb: Verb; outcome: Outcome } | null>(null);
  #asked = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly id: Id) {}

  /** Whether something goes on by itself. */
  get works(): boolean {
    return AT_WORK.includes(this.communication?.state ?? 'draft');
  }

  /** What the latest pause, resumption or cancellation did, as long as it stands. */
  get outcome(): { verb: Verb; outcome: Outcome } | null {
    const state = this.communication?.state;
    return this.#latest && state && AFTER[this.#latest.verb].includes(state) ? this.#latest : null;
  }

  get missing(): boolean {
    return this.error instanceof ApiProblem && (this.error.status === 404 || this.error.status === 400);
  }

  /** Until the returned function is called. */
  follow = (): (() => void) => {
    const begin = () => live.send({ type: 'watch', conversation: this.id });
    const stops = [
      live.onWelcome(async () => {
        begin();
        await this.read();
      }),
      live.on('communication', (frame) => this.take(frame as CommunicationFrame)),
    ];
    begin();
    void this.read();
    const timer = setInterval(() => !document.hidden && this.works && void this.#readMore(), EVERY);
    return () => {
      stops.forEach((stop) => stop());
      clearInterval(timer);
      clearTimeout(this.#soon);
      this.#soon = undefined;
      live.send({ type: 'unwatch', conversation: this.id });
    };
  };

  take = (frame: CommunicationFrame): void => {
    const { communication } = this;
    if (frame.id !== this.id || !communication || frame.revision < communication.revision) return;
    const { state, revision, totals } = frame;
    const changed = revision > communication.revision || state !== communication.state;
    this.communication = { ...communication, state, revision, totals };
    // A frame holds no reasons and no times.
    if (changed) void this.read();
    else if (!this.works || (this.timeline?.items.length === 0 && anyOut(totals))) this.#readMoreSoon();
  };

  read = async (): Promise<void> => {
    const asked = ++this.#asked;
    try {
      const found = await communications.get(this.id, this.communication !== null);
      if (asked !== this.#asked) return;
      this.communication = found;
      this.error = null;
      void this.#readMore();
    } catch (error) {
      if (asked === this.#asked && !this.communication) this.error = error;
    }
  };

  run = async (verb: Verb): Promise<void> => {
    const outcome = await communications[verb](this.id);
    this.#latest = { verb, outcome };
    await this.read();
  };

  #readMoreSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#readMore();
    }, SOON);
  }

  async #readMore(): Promise<void> {
    const state = this.communication?.state;
    if (!state || state === 'draft' || state === 'scheduled') return;
    this.looks++;
    // What is shown of them stays when one cannot be read; the next look may succeed.
    const [failures, timeline] = await Promise.allSettled([reports.failures(this.id), reports.timeline(this.id)]);
    if (failures.status === 'fulfilled') this.failures = failures.value;
    if (timeline.status === 'fulfilled') this.timeline = timeline.value;
  }
}

function anyOut(totals: Totals): boolean {
  const { done, of } = figuresOfAll(totals);
  return done > of.left;
}

export type Verb = 'pause' | 'resume' | 'cancel';
