/** Which kinds concern somebody, by which ways they can be reached, and what to do about a way that leads nowhere. */
import type { Me } from '../core/types.ts';
import { channelName } from '../deliveries/labels.ts';
import { paths } from '../routing/index.ts';
import type { IconName } from '../ui/icons.ts';
import { settingsTexts as texts } from './texts/settings.ts';
import { kinds, type Channel, type Kind, type Reach } from './types.ts';

export const channels = ['app', 'push', 'email', 'sms', 'whatsapp'] as const satisfies readonly Channel[];

export const channelIcons: Record<Channel, IconName> = { app: 'bell', push: 'devices', email: 'mail', sms: 'mobile', whatsapp: 'phone' };

export const nameOf = (channel: Channel) => (channel === 'app' ? texts.inApp : channelName(channel));

/** Contact requests come to the members of a partner only. */
export function kindsFor(me: Me | null): Kind[] {
  return kinds.filter((kind) => !kind.startsWith('contact_request') || Boolean(me?.partners.length));
}

/** How things stand with a way, in words. */
export function statusText({ channel, state, address }: Reach): string {
  if (state === 'ready') return channel === 'push' ? texts.devicesReady : (address ?? texts.works);
  if (state === 'no_address') return channel === 'email' ? texts.no_email : texts.no_phone;
  return texts[state];
}

export interface NextStep {
  words: string;
  href: string;
}

/** Where to go so that a way leads to the reader; null where only others can do something, or where nothing is to be done. */
export function nextStep({ channel, state }: Reach, administers: boolean): NextStep | null {
  switch (state) {
    case 'ready':
      return channel === 'push' ? { words: texts.yourDevices, href: paths.devices() } : null;
    case 'no_device':
      return { words: texts.addDevice, href: paths.devices() };
    case 'no_gateway':
      return administers ? { words: texts.setUpGateway, href: paths.gateways() } : null;
    case 'gateway_down':
      return administers ? { words: texts.seeGateways, href: paths.gateways() } : null;
    case 'no_address':
      return { words: channel === 'email' ? texts.addEmail : texts.addPhone, href: paths.profile() };
    case 'suppressed':
      return { words: texts.otherAddress, href: paths.profile() };
    case 'unconfirmed':
      return null;
  }
}
