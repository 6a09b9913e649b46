/** The words of contact requests in four languages, by what they are about. */
import { contact } from './contact.ts';
import { details } from './details.ts';
import { own } from './own.ts';
import { requestList } from './requestList.ts';
import { states } from './states.ts';

export const texts = { contact, requestList, own, states, details };
