/** The present reader for the functions of `time.ts`; reactive to language, zone and the passing minute. */
import { clock } from './clock.svelte.ts';
import { language } from './language.svelte.ts';
import type { Reader } from './time.ts';
import { zone } from './zone.svelte.ts';

export function reader(): Reader {
  return {
    locale: language.locale,
    now: clock.now,
    // Asked for by who needs it only: the device's own takes 20 ms to find out.
    get zone() {
      return zone.current;
    },
  };
}

/** "12,500" in local digits. */
export function localNumber(value: number): string {
  return new Intl.NumberFormat(language.locale).format(value);
}

/** "2.4 MB" in local digits and units. */
export function localBytes(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return new Intl.NumberFormat(language.locale, {
    style: 'unit',
    unit: units[step],
    // In short the word stays as it is: "398 byte".
    unitDisplay: step ? 'short' : 'long',
    maximumFractionDigits: step > 1 ? 1 : 0,
  }).format(bytes / 1000 ** step);
}
