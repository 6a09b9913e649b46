/** How channels and statuses look: a word, an icon, a tone. */
import type { DeliveryStatus } from '../core/types.ts';
import { reader } from '../i18n/index.ts';
import type { IconName } from '../ui/icons.ts';
import type { Tone } from '../ui/tone.ts';
import { outbox } from './texts/outbox.ts';
import type { Channel, Delivery } from './types.ts';

export const channelIcons: Record<Channel, IconName> = { sms: 'mobile', mms: 'image', whatsapp: 'phone', email: 'mail', push: 'bell' };

/** Only e-mail has a name of its own in each language. */
export function channelName(channel: Channel): string {
  if (channel === 'email') return outbox.email;
  if (channel === 'whatsapp') return 'WhatsApp';
  return channel === 'push' ? 'Push' : channel.toUpperCase();
}

const looks: Record<DeliveryStatus, { icon: IconName; tone: Tone }> = {
  CREATED: { icon: 'clock', tone: 'neutral' },
  SENT: { icon: 'check', tone: 'info' },
  DELIVERED: { icon: 'checks', tone: 'success' },
  SYSTEM_ERROR: { icon: 'danger', tone: 'danger' },
  RECEIVER_ERROR: { icon: 'danger', tone: 'danger' },
  OPERATOR_ERROR: { icon: 'danger', tone: 'danger' },
  UNCERTAIN: { icon: 'warning', tone: 'warning' },
  CANCELLED: { icon: 'ban', tone: 'neutral' },
  SUPPRESSED: { icon: 'ban', tone: 'warning' },
  EXPIRED: { icon: 'danger', tone: 'danger' },
};

export const statuses = Object.keys(looks) as DeliveryStatus[];

export function statusLook(status: DeliveryStatus): { icon: IconName; tone: Tone; label: string } {
  return { ...looks[status], label: outbox.statuses[status] };
}

/** A message that waits for its time is scheduled, not merely waiting. */
export function isAhead({ status, send_at }: Pick<Delivery, 'status' | 'send_at'>): boolean {
  return status === 'CREATED' && Date.parse(send_at) > reader().now + 5_000;
}

/** UNCERTAIN may still become something else, but nothing more is done about it. */
export function isFinal(status: DeliveryStatus): boolean {
  return status !== 'CREATED' && status !== 'SENT' && status !== 'UNCERTAIN';
}
