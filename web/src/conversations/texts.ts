/** The words of conversations in four languages, by what they are about. */
import { actions } from './texts/actions.ts';
import { card } from './texts/card.ts';
import { composer } from './texts/composer.ts';
import { files } from './texts/files.ts';
import { later } from './texts/later.ts';
import { list } from './texts/list.ts';
import { mentions } from './texts/mentions.ts';
import { message } from './texts/message.ts';
import { search } from './texts/search.ts';
import { thread } from './texts/thread.ts';
import { threads } from './texts/threads.ts';

export const texts = { actions, card, composer, files, later, list, mentions, message, search, thread, threads };
