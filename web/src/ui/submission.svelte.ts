/** One form on its way to the server: whether it waits, what was refused, and beside which field to say so. */
import { ApiProblem } from '../core/api.ts';
import { newKey } from '../core/keys.ts';

export class Submission {
  busy = $state(false);
  error = $state.raw<unknown>(null);
  #fields: string[];
  #keyed = '';
  #key = '';

  /** The names of the fields that show their own errors. */
  constructor(...fields: string[]) {
    this.#fields = fields;
  }

  /** What is wrong with a field, in the reader's language. */
  field(name: string): string | undefined {
    return this.error instanceof ApiProblem ? this.error.fields.get(name) : undefined;
  }

  /** The error to show above the buttons: all that no field shows. */
  get general(): unknown {
    if (!(this.error instanceof ApiProblem) || this.error.fields.size === 0) return this.error;
    return [...this.error.fields.keys()].every((name) => this.#fields.includes(name)) ? null : this.error;
  }

  /** The idempotency key of this body: a retry unchanged has the same one, an edited form a fresh one. */
  keyFor(body: unknown): string {
    const keyed = JSON.stringify(body);
    if (keyed !== this.#keyed) [this.#keyed, this.#key] = [keyed, newKey()];
    return this.#key;
  }

  /** Goes on with a body that was sent from elsewhere: the same one keeps its key. */
  adopt(body: unknown, key: string): void {
    [this.#keyed, this.#key] = [JSON.stringify(body), key];
  }

  /** Runs the request unless one is under way; true when it succeeded. */
  async run(request: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await request();
      return true;
    } catch (error) {
      this.error = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
