/** The words of conversations in four languages, by what they are about. */
import { card } from './texts/card.ts';
import { composer } from './texts/composer.ts';
import { list } from './texts/list.ts';
import { message } from './texts/message.ts';
import { search } from './texts/search.ts';
import { thread } from './texts/thread.ts';

export const texts = { card, composer, list, message, search, thread };
