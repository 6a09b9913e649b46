/** Whose card a press on a mention opens. */
import { directory } from '../../colleagues/api.ts';
import type { Colleague } from '../../colleagues/types.ts';
import type { Id } from '../../core/types.ts';

class ShownCard {
  colleague = $state.raw<Colleague | null>(null);

  /** False where the reader may not see them, or nobody answers. */
  async open(person: Id): Promise<boolean> {
    try {
      this.colleague = await directory.person(person);
      return true;
    } catch {
      return false;
    }
  }
}

export const shownCard = new ShownCard();
