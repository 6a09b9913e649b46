/** How far the numbered streams of persons and partners have been received: a step too far means that one was missed. */
import type { Frame, PartyChange } from '../live/frames.ts';
import type { Id } from '../types.ts';

type PartyFrame = Extract<Frame, { type: 'party' }>;

export class Streams {
  #heads = new Map<Id, number>();

  /** The changes that are new, and whether there were others before them. The first frame of a stream is where it begins. */
  take({ party, after, until, changes }: PartyFrame): { fresh: PartyChange[]; missed: boolean } {
    const head = this.#heads.get(party);
    this.#heads.set(party, Math.max(head ?? 0, until));
    return {
      fresh: changes.filter(({ number }) => number > (head ?? 0)),
      missed: head !== undefined && after > head,
    };
  }

  /** Before the state is read anew: all that was received so far is in it. */
  forget(): void {
    this.#heads.clear();
  }
}
