/** Why a message is where it is: the server's stable codes in words. */
import { gateways } from './gateways.ts';
import { mail } from './mail.ts';
import { ours } from './ours.ts';
import { phones } from './phones.ts';
import { push } from './push.ts';
import { whatsapp } from './whatsapp.ts';

export const reasons = { ours, gateways, phones, mail, push, whatsapp };

const words: Record<string, string>[] = Object.values(reasons);

/** The words for a code; null for one that we do not know. */
export function reasonText(code: string | null): string | null {
  return (code && words.find((some) => code in some)?.[code]) || null;
}
