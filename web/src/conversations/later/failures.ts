/** Why something could not be put off, or was refused when its time had come, in words. */
import { texts } from '../texts.ts';

const reasons = {
  unknown_conversation: 'gone',
  not_a_member: 'gone',
  conversation_archived: 'archived',
  only_reading: 'reading',
  not_allowed_here: 'notAllowed',
  quota_exceeded: 'quota',
} as const;

export const failureInWords = (code: string): string => texts.later.failures[code in reasons ? reasons[code as keyof typeof reasons] : 'other'];
