/** What a channel says to a client, asked anew a moment after each change. */
import type { Id, LanguageCode } from '../../../core/types.ts';
import { previews } from '../../api.ts';
import type { Channel, Content, Preview } from '../../types.ts';
import { written } from '../plan.ts';

const PAUSE = 300;

export class Previews {
  /** Of the text as it was last in order. */
  shown = $state.raw<Preview | null>(null);
  error = $state.raw<unknown>(null);
  busy = $state(false);

  /** Keeps the preview of a text; called within an effect, whose end it returns. */
  follow(content: Content, channel: Channel, language: LanguageCode, client: Id | null): () => void {
    if (written(content, language, channel) === 'nothing' && written(content, content.default_language, channel) === 'nothing') {
      [this.shown, this.error] = [null, null];
      return () => undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => void this.#ask(content, channel, language, client, stop.signal), PAUSE);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }

  async #ask(content: Content, channel: Channel, language: LanguageCode, client_id: Id | null, signal: AbortSignal): Promise<void> {
    this.busy = true;
    try {
      const found = await previews.show({ content, channel, language, client_id }, signal);
      if (!signal.aborted) [this.shown, this.error] = [found, null];
    } catch (error) {
      if (!signal.aborted) this.error = error;
    } finally {
      if (!signal.aborted) this.busy = false;
    }
  }
}
