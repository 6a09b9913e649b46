/** How long something may stay unseen before the next way is taken. Pure. */
import type { Rule } from './types.ts';

const USUAL = [0, 30, 120, 300, 900, 3_600, 14_400];

/** The choices for a rule, in order; one that the server holds is among them, whatever it is. */
export function delaysFor(rule: Pick<Rule, 'delay_seconds' | 'shortest_delay_seconds'>): number[] {
  const allowed = [rule.shortest_delay_seconds, ...USUAL].filter((seconds) => seconds >= rule.shortest_delay_seconds);
  return [...new Set([...allowed, rule.delay_seconds])].sort((one, other) => one - other);
}

/** "30 sec", "5 min", "1 hr" in local words; in the greatest unit that has no rest. */
export function delayInWords(seconds: number, locale: string): string {
  const [amount, unit] = seconds % 3_600 === 0 ? [seconds / 3_600, 'hour'] : seconds % 60 === 0 ? [seconds / 60, 'minute'] : [seconds, 'second'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
}
