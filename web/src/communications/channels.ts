/** How channels are shown. */
import type { IconName } from '../ui/icons.ts';
import type { Channel } from './types.ts';

export const channelIcons: Record<Channel, IconName> = { email: 'mail', sms: 'mobile', whatsapp: 'phone', push: 'bell' };
