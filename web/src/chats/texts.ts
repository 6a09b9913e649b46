/** The words of the messenger, by what they are about. */
import { details } from './texts/details.ts';
import { keys } from './texts/keys.ts';
import { list } from './texts/list.ts';
import { start } from './texts/start.ts';

export const texts = { details, keys, list, start };
