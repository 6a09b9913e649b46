/** The words of contact requests in four languages, by what they are about. */
import { contact } from './contact.ts';
import { desk } from './desk.ts';
import { own } from './own.ts';
import { states } from './states.ts';
import { story } from './story.ts';

export const texts = { contact, desk, own, states, story };
