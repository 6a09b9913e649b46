/** Prices as they are typed and stored. Pure. */
import { channels, type Channel } from '../types.ts';

export interface Price {
  channel: Channel;
  currency: string;
  /** A decimal. */
  price: string;
}

export type Typed = Record<Channel, string>;

/** What stands in the fields. */
export const typedOf = (prices: Price[]): Typed =>
  Object.fromEntries(channels.map((channel) => [channel, prices.find((each) => each.channel === channel)?.price ?? ''])) as Typed;

/** A decimal with a point, however its comma was typed; null for what is no price. */
export function decimal(typed: string): string | null {
  const text = typed.trim().replace(',', '.');
  return /^\d{1,5}(\.\d{1,6})?$/.test(text) && Number(text) <= 10_000 ? text : null;
}

/** The prices of the fields that are not empty; null while one of them is none. */
export function pricesOf(typed: Typed, currency: string): Price[] | null {
  const given = channels.filter((channel) => typed[channel].trim());
  const prices = given.map((channel) => ({ channel, currency, price: decimal(typed[channel]) }));
  return prices.every((each): each is Price => each.price !== null) ? prices : null;
}

/** The currency of the prices there are, or one that is usual where people speak the language. */
export function currencyOf(prices: Price[], language: string): string {
  return prices[0]?.currency ?? ({ pt: 'BRL', ru: 'RUB' } as Record<string, string>)[language] ?? 'EUR';
}
