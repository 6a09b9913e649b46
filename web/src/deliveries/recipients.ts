/** Where one recipient of a communication stands: before there is a delivery, and then as the delivery does. */
import type { DeliveryStatus } from '../core/types.ts';
import type { IconName } from '../ui/icons.ts';
import type { Tone } from '../ui/tone.ts';
import { statuses, statusLook } from './labels.ts';
import { reasonText } from './texts/reasons/index.ts';
import { recipients } from './texts/recipients.ts';

export type RecipientStatus = 'WAITING' | 'SKIPPED' | DeliveryStatus;
export const recipientStatuses: RecipientStatus[] = ['WAITING', ...statuses, 'SKIPPED'];

const own: Record<'WAITING' | 'SKIPPED', { icon: IconName; tone: Tone }> = {
  WAITING: { icon: 'clock', tone: 'neutral' },
  SKIPPED: { icon: 'minus', tone: 'neutral' },
};

export function recipientLook(status: RecipientStatus): { icon: IconName; tone: Tone; label: string } {
  if (status === 'WAITING' || status === 'SKIPPED') return { ...own[status], label: recipients.statuses[status] };
  return status === 'CREATED' ? { ...statusLook(status), label: recipients.statuses.CREATED } : statusLook(status);
}

/** Why it stands there, in words; the code itself where we know none. Who was left out has reasons of their own. */
export function recipientReason(status: RecipientStatus, reason: string | null): string | null {
  if (!reason) return null;
  const words: Record<string, string> = recipients.reasons;
  const before = status === 'SKIPPED' || status === 'CANCELLED' || status === 'SUPPRESSED' ? words[reason] : undefined;
  return before ?? reasonText(reason) ?? words[reason] ?? recipients.code(reason);
}
