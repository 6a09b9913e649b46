/** One contact request and all that is known of it, for as long as somebody looks. */
import { ApiProblem } from '../core/api.ts';
import { live } from '../core/live/live.svelte.ts';
import { afterLooking } from '../core/looking.ts';
import type { Id } from '../core/types.ts';
import { requests } from './api.ts';
import type { ContactRequest, RequestState, RequestDetails } from './types.ts';

/** Milliseconds after which a new request counts as read for the whole team: who only passes it on the way has not read it. */
export const READ_AFTER = 2_000;

export class OpenRequest {
  details = $state.raw<RequestDetails | null>(null);
  error = $state.raw<unknown>(null);
  #asked = 0;
  #opened = false;
  #following = false;
  #stopLooking = () => {};

  /** `onchange` gets each reading, so that the list beside shows the same. */
  constructor(
    readonly partner: Id,
    readonly id: Id,
    readonly onchange: (request: ContactRequest) => void,
  ) {}

  /** Whether there is no such request, or it is another partner's. */
  get missing(): boolean {
    return this.error instanceof ApiProblem && [400, 404, 422].includes(this.error.status);
  }

  follow(): () => void {
    this.#following = true;
    void this.read();
    const leave = [
      live.on('party', ({ party, changes }) => party === this.partner && changes.some(({ subject }) => subject === this.id) && void this.read()),
      live.onWelcome(() => this.read()),
    ];
    return () => {
      this.#following = false;
      this.#stopLooking();
      leave.forEach((each) => each());
    };
  }

  read = async (): Promise<void> => {
    const asked = ++this.#asked;
    try {
      const details = await requests.details(this.partner, this.id);
      if (asked === this.#asked) this.#take(details);
    } catch (error) {
      if (asked === this.#asked && !this.details) this.error = error;
    }
  };

  move = (state: RequestState): Promise<void> => this.#change(() => requests.move(this.partner, this.id, state));

  assign = (person: Id | null): Promise<void> => this.#change(() => requests.assign(this.partner, this.id, person));

  note = (text: string, key: string): Promise<void> => this.#change(() => requests.note(this.partner, this.id, text, key));

  async #change(request: () => Promise<RequestDetails>): Promise<void> {
    const asked = ++this.#asked;
    const details = await request();
    if (asked === this.#asked) this.#take(details);
  }

  #take(details: RequestDetails): void {
    this.details = details;
    this.error = null;
    this.onchange(details);
    // Who reads a new request has seen it; who comes back to one that was put back to new has not asked for that.
    if (details.state === 'new' && !this.#opened && this.#following) this.#stopLooking = afterLooking(READ_AFTER, () => this.#wasRead());
    this.#opened = true;
  }

  #wasRead(): void {
    if (this.details?.state === 'new') this.move('seen').catch(() => undefined);
  }
}
