/** The question before signing out throws away messages that have not gone out; true to go on. */
import { ask } from '../ui/ask.ts';
import { shell } from './texts.ts';

export const askToLeave = (count: number): Promise<boolean> =>
  ask({ title: shell.unsentTitle, text: shell.unsentText(count), verb: shell.signOutAnyway });
