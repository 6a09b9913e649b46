/** A presence in words. Pure; the reader's locale and zone are handed in. */
import type { Presence } from '../core/presenceTypes.ts';
import { relativeTime, type Reader } from '../i18n/index.ts';
import { momentText } from '../i18n/moments.ts';
import { texts } from './texts.ts';

/** "Do not disturb until 14:00", "Last seen 2 hours ago". */
export function statusInWords({ status, until, last_seen_at: seen }: Pick<Presence, 'status' | 'until' | 'last_seen_at'>, reader: Reader): string {
  if (until) return texts.until(texts[status], momentText(until, reader, false));
  if (status === 'offline' && seen) return `${texts.offline} · ${texts.lastSeen(relativeTime(seen, reader))}`;
  return texts[status];
}
