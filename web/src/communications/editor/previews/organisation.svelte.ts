/** What previews call us, asked for once. */
import { settings } from '../../api.ts';

class Organisation {
  name = $state('');
  #asked = false;

  /** Without an answer messages are shown without a sender. */
  learn(): void {
    if (this.#asked) return;
    this.#asked = true;
    settings.get(true).then((found) => (this.name = found.organisation), () => (this.#asked = false));
  }
}

export const organisation = new Organisation();
