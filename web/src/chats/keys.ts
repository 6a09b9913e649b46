/** The keys of the messenger, and what each does; pure. */
import { shortcut, shortcutName } from '../ui/shortcut.ts';

export type Command = 'nextUnread' | 'formerUnread' | 'next' | 'former' | 'read' | 'down' | 'up' | 'filter' | 'newChat' | 'details' | 'help';

/** What a key asks for; null for all else. Letters count only where nobody writes. */
export function commandOf(event: Pick<KeyboardEvent, 'key' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>, writing: boolean): Command | null {
  if (event.ctrlKey || event.metaKey) return null;
  if (event.altKey) {
    if (event.key === 'ArrowDown') return event.shiftKey ? 'nextUnread' : 'next';
    if (event.key === 'ArrowUp') return event.shiftKey ? 'formerUnread' : 'former';
    return null;
  }
  if (event.key === 'Escape') return 'read';
  if (writing) return null;
  const letters: Record<string, Command> = { j: 'down', k: 'up', '/': 'filter', n: 'newChat', i: 'details', '?': 'help' };
  return letters[event.key] ?? null;
}

const apple = shortcutName('k').startsWith('⌘');
const alt = apple ? '⌥' : 'Alt';

/** What stands on the keys, for the help sheet: each of several ways as the keys that are pressed together. */
export const sheet = [
  { what: 'switcher', ways: [shortcutName('k').startsWith('⌘') ? ['⌘', 'K'] : ['Ctrl', 'K']] },
  { what: 'search', ways: [apple ? ['⇧', '⌘', 'F'] : ['Ctrl', '⇧', 'F']] },
  { what: 'nextUnread', ways: [[alt, '⇧', '↓']] },
  { what: 'formerUnread', ways: [[alt, '⇧', '↑']] },
  { what: 'next', ways: [[alt, '↓']] },
  { what: 'former', ways: [[alt, '↑']] },
  { what: 'read', ways: [['Esc']] },
  { what: 'along', ways: [['J'], ['K'], ['↓'], ['↑']] },
  { what: 'filter', ways: [['/']] },
  { what: 'newChat', ways: [['N']] },
  { what: 'details', ways: [['I']] },
  { what: 'help', ways: [['?']] },
] as const;

/** Whether a key asks for the way anywhere: not while words are selected in a field, where the same makes a link of them. */
export function asksForSwitcher(event: KeyboardEvent): boolean {
  if (shortcut(event) !== 'k') return false;
  const field = event.target;
  return !(field instanceof HTMLTextAreaElement && field.selectionStart !== field.selectionEnd);
}

/** Whether a key asks for the search of everything: that of a page with Shift, also where no Latin letters are on the keys. */
export const asksForSearch = (event: Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>): boolean =>
  event.shiftKey && !event.altKey && (apple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) && (event.key.toLowerCase() === 'f' || event.code === 'KeyF');
