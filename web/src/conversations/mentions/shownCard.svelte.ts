/** Whose card a press on a mention opens. */
import { directory } from '../../colleagues/api.ts';
import type { Colleague } from '../../colleagues/types.ts';
import type { Id } from '../../core/types.ts';

/** With all that administrators can change in it: fetched when one is opened. */
export const loadCard = () => import('../../colleagues/ColleagueCard.svelte');

class ShownCard {
  colleague = $state.raw<Colleague | null>(null);

  /** False where the reader may not see them, or nobody answers. */
  async open(person: Id): Promise<boolean> {
    try {
      const [colleague] = await Promise.all([directory.person(person), loadCard()]);
      this.colleague = colleague;
      return true;
    } catch {
      return false;
    }
  }
}

export const shownCard = new ShownCard();
