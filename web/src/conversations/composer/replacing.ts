/** Changes to a text field that its undo (Ctrl+Z) knows of, and that are heard as typing is. */
import type { Edit } from './formatting.ts';

/** Puts words in the place of what is selected; the cursor stands after them. */
export function replaceSelection(area: HTMLTextAreaElement, words: string): void {
  if (!words && area.selectionStart === area.selectionEnd) return;
  area.focus();
  // Deprecated, and still the only way into the history of undo; every browser has it.
  if (document.execCommand?.(words ? 'insertText' : 'delete', false, words)) return;
  area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: words }));
}

/** Makes one change of formatting and selects what it says. */
export function apply(area: HTMLTextAreaElement, { from, to, words, start, end }: Edit): void {
  area.setSelectionRange(from, to);
  replaceSelection(area, words);
  area.setSelectionRange(start, end);
}
