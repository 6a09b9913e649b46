/** Switching news on or off after a press, with what there is to say of how it went. */
import { ApiProblem, NetworkFailure } from '../core/api.ts';
import { news } from './news.svelte.ts';
import { newsTexts as texts } from './newsTexts.ts';

export class NewsPress {
  busy = $state(false);
  fault = $state.raw<unknown>(null);
  note = $state('');

  /** Once more is the other way round; returns whether it is as it was wanted. */
  async toggle(): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.fault = null;
    this.note = '';
    try {
      if (news.state === 'on') await news.switchOff();
      else if (!(await news.switchOn())) {
        this.note = news.state === 'refused' ? texts.refused : texts.notNow;
        return false;
      }
      return true;
    } catch (error) {
      // What is no answer of our server comes from the browser or its push service.
      if (error instanceof ApiProblem || error instanceof NetworkFailure) this.fault = error;
      else this.note = texts.failed;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
