/** Why something could not be put off, or was refused when its time had come, in words. */
import { ApiProblem } from '../../core/api.ts';
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

/** What the server says, or `silent` when it says nothing. */
export const wordsOf = (error: unknown, silent: string): string => (error instanceof ApiProblem ? error.detail || error.title : '') || silent;
