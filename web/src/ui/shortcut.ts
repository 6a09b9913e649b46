/** Shortcuts with the key that commands have on this system: ⌘ of Apple's, Ctrl of all others. */
const apple = /Mac|iPhone|iPad/.test(navigator.platform);

/** How its tooltip names it: "Ctrl+B", "⌘B". */
export const shortcutName = (letter: string): string => (apple ? `⌘${letter.toUpperCase()}` : `Ctrl+${letter.toUpperCase()}`);

/** The Latin letter that is pressed with the command key alone; null for all else. Also on a keyboard that has no Latin letters. */
export function shortcut(event: KeyboardEvent): string | null {
  if (event.altKey || event.shiftKey || event.ctrlKey === event.metaKey || event.metaKey !== apple) return null;
  if (/^[a-z]$/i.test(event.key)) return event.key.toLowerCase();
  return event.key.length === 1 && /^Key[A-Z]$/.test(event.code) ? event.code.at(-1)!.toLowerCase() : null;
}
