/** Notifications by the day on which they came, in the reader's zone. Pure. */
import { daysAgo, dayTitle, type Reader } from '../i18n/time.ts';
import type { Notification } from './types.ts';

export interface Day {
  title: string;
  items: Notification[];
}

/** Expects and keeps the order of the list, newest first. */
export function byDay(items: readonly Notification[], reader: Reader): Day[] {
  const days: (Day & { ago: number })[] = [];
  for (const item of items) {
    // The clock of the server may be a little ahead of ours.
    const at = Math.min(Date.parse(item.changed_at), reader.now);
    const ago = daysAgo(at, reader);
    const last = days.at(-1);
    if (last?.ago === ago) last.items.push(item);
    else days.push({ ago, title: dayTitle(at, reader), items: [item] });
  }
  return days;
}
