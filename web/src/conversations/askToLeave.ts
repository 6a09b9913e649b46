/** The question before signing out throws away messages that have not gone out; true to go on. */
import { ask } from '../ui/ask.ts';
import { texts } from './texts.ts';

export const askToLeave = (count: number): Promise<boolean> =>
  ask({ title: texts.connection.unsentTitle, text: texts.connection.unsentText(count), verb: texts.connection.signOutAnyway });
