/** Offered times as items of a menu: in words, then a choice of one's own. */
import { language, reader } from '../../i18n/index.ts';
import type { MenuItem } from '../../ui/MenuPanel.svelte';
import { texts } from '../texts.ts';
import { whenInWords, type Offer } from './times.ts';

export function offerItems(offers: Offer[], choose: (at: string) => void, custom: () => void): MenuItem[] {
  const items: MenuItem[] = offers.map((offer) => ({ label: nameOf(offer), icon: 'clock', run: () => choose(offer.at) }));
  return [...items, { label: texts.later.custom, icon: 'edit', run: custom, parted: true }];
}

function nameOf(offer: Offer): string {
  if (offer.in === '20min' || offer.in === '1h' || offer.in === '3h') return texts.later.offers[offer.in];
  const words = whenInWords(offer.at, reader());
  return words.charAt(0).toLocaleUpperCase(language.locale) + words.slice(1);
}
