/** The list of chats in its sections: favourites, people and groups, channels; pure. */
import { otherSide } from '../../core/feed/sides.ts';
import { byRecency, isCalling } from '../../core/feed/summary.ts';
import type { Chat } from '../../core/conversationTypes.ts';
import type { Id } from '../../core/types.ts';
import { likeness } from '../names.ts';

export type SectionName = 'favourites' | 'people' | 'channels';

export interface Section {
  name: SectionName;
  /** What is to be seen: all, or while it is collapsed what calls for the reader and the open one. */
  chats: Chat[];
  /** Those that call for the reader. */
  calling: number;
  collapsed: boolean;
}

interface View {
  words: string;
  unreadFirst: boolean;
  collapsed: ReadonlySet<string>;
  current?: Id;
}

const sectionOf = (chat: Chat): SectionName => (chat.favourite ? 'favourites' : chat.kind === 'channel' ? 'channels' : 'people');

export function sectionsOf(chats: readonly Chat[], { words, unreadFirst, collapsed, current }: View): Section[] {
  const fitting = chats.filter((chat) => likeness(words, otherSide(chat).name) > 0).sort(unreadFirst ? byCalling : byRecency);
  return (['favourites', 'people', 'channels'] as const)
    .map((name) => {
      const all = fitting.filter((chat) => sectionOf(chat) === name);
      // What is searched for is shown wherever it is.
      const closed = collapsed.has(name) && !words.trim();
      return { name, collapsed: closed, calling: all.filter(isCalling).length, chats: closed ? all.filter((chat) => isCalling(chat) || chat.id === current) : all };
    })
    .filter((section) => section.chats.length || section.collapsed);
}

const byCalling = (a: Chat, b: Chat) => Number(isCalling(b)) - Number(isCalling(a)) || byRecency(a, b);

/** The chat some steps from the open one, in the order in which they are seen; around the end it begins anew. */
export function neighbour(chats: readonly Chat[], current: Id | undefined, by: 1 | -1, unread: boolean): Chat | undefined {
  const at = chats.findIndex(({ id }) => id === current);
  const from = at < 0 && by < 0 ? 0 : at;
  for (let step = 1; step <= chats.length; step++) {
    const chat = chats[(((from + by * step) % chats.length) + chats.length) % chats.length]!;
    if (chat.id !== current && (!unread || isCalling(chat))) return chat;
  }
  return undefined;
}
