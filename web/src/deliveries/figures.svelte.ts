/** The figures above the outbox: what the gateways did in the last 24 hours, read again while things move. */
import { live } from '../core/live/live.svelte.ts';
import { deliveries } from './api.ts';
import { tally, type Tally } from './tally.ts';

const HOURS = 24;
/** At most so often, in milliseconds: figures are looked at, not watched. */
const PACE = 2_000;

export class FigureBoard {
  lines = $state.raw<Tally[]>([]);
  /** True once the figures have come. */
  ready = $state(false);
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** The gateways that had anything to do, for choosing one. */
  gateways = $derived(this.lines.flatMap(({ gateway_id, gateway }) => (gateway_id && gateway ? [{ id: gateway_id, name: gateway }] : [])));

  follow(): () => void {
    void this.#read();
    const leave = [live.on('deliveries', () => this.#readSoon()), live.onWelcome(() => this.#read())];
    return () => {
      for (const each of leave) each();
      clearTimeout(this.#soon);
    };
  }

  #readSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.#read();
    }, PACE);
  }

  /** Without an answer the former figures stay: the list below says what is wrong. */
  async #read(): Promise<void> {
    try {
      this.lines = tally((await deliveries.counts(HOURS)).items);
      this.ready = true;
    } catch {
      // see above
    }
  }
}
