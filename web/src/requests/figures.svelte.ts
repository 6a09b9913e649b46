/** The counts of a partner's requests, read again when a request comes in. */
import { api } from '../core/api.ts';
import { live } from '../core/live/live.svelte.ts';
import { serverTime } from '../core/serverTime.ts';
import type { Id, Partner } from '../core/types.ts';
import { requests } from './api.ts';
import { dayIn } from './days.ts';
import { seriesOf, stretch, sumOf, type Point } from './series.ts';
import type { Period } from './types.ts';

/** At most so often, in milliseconds: figures are looked at, not watched. */
const PACE = 600;
/** How many adverts are listed, those with the most requests first. */
const SHOWN = 20;

export interface AdvertCount {
  id: Id;
  title: string;
  count: number;
}

export interface Counted {
  period: Period;
  /** Today where the partner is. */
  today: string;
  points: Point[];
  days: Point[];
  ever: number;
  adverts: AdvertCount[];
}

export class FigureBoard {
  counted = $state.raw<Counted | null>(null);
  error = $state.raw<unknown>(null);
  period = $state<Period>('day');
  #advert = '';
  #zone: string | null = null;
  #asked = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly partner: Id) {}

  follow(): () => void {
    const leave = [
      live.on('party', ({ party, changes }) => party === this.partner && changes.some(({ kind }) => kind === 'contact_requested') && this.#readSoon()),
      live.onWelcome(() => this.read()),
    ];
    return () => {
      for (const each of leave) each();
      clearTimeout(this.#soon);
    };
  }

  /** Counts one advert only, or all with ''. */
  show(advert: string, period: Period): Promise<void> {
    [this.#advert, this.period] = [advert, period];
    return this.read();
  }

  /** The last seven and thirty days, this one included. */
  since(days: number): number {
    return sumOf(this.counted?.days.slice(-days) ?? []);
  }

  read = async (): Promise<void> => {
    const asked = ++this.#asked;
    try {
      const counted = await this.#count(this.#advert, this.period);
      if (asked === this.#asked) [this.counted, this.error] = [counted, null];
    } catch (error) {
      if (asked === this.#asked && !this.counted) this.error = error;
    }
  };

  async #count(advert: string, period: Period): Promise<Counted> {
    this.#zone ??= (await api.get<Partner>(`/partners/${this.partner}`)).time_zone;
    const today = dayIn(this.#zone, serverTime.now());
    const over = (each: Period) => requests.counts(this.partner, { group_by: each, from: stretch(each, today)[0], advert_id: advert });
    const [days, chosen, all] = await Promise.all([over('day'), period === 'day' ? null : over(period), requests.counts(this.partner, { group_by: 'ad' })]);
    const points = seriesOf(days, 'day', today);
    return {
      period,
      today,
      days: points,
      points: chosen ? seriesOf(chosen, period, today) : points,
      ever: advert ? (all.groups.find(({ key }) => key === advert)?.count ?? 0) : all.count,
      adverts: all.groups.map(({ key, count, title }) => ({ id: key, title: title ?? '', count })).sort((a, b) => b.count - a.count).slice(0, SHOWN),
    };
  }

  #readSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      void this.read();
    }, PACE);
  }
}
