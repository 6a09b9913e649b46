import { expect, it } from 'vitest';
import { asksForSwitcher, commandOf } from './keys.ts';

const press = (key: string, more: object = {}) => ({ key, altKey: false, shiftKey: false, ctrlKey: false, metaKey: false, ...more });

it('knows the ways along the list, also while somebody writes', () => {
  expect(commandOf(press('ArrowDown', { altKey: true, shiftKey: true }), true)).toBe('nextUnread');
  expect(commandOf(press('ArrowUp', { altKey: true }), true)).toBe('former');
  expect(commandOf(press('Escape'), true)).toBe('read');
});

it('leaves letters to whoever writes, and other commands to the browser', () => {
  expect(['j', 'k', '/', 'n', 'i', '?'].map((key) => commandOf(press(key), true))).toEqual([null, null, null, null, null, null]);
  expect(['j', 'k', '/', 'n', 'i', '?'].map((key) => commandOf(press(key), false))).toEqual(['down', 'up', 'filter', 'newChat', 'details', 'help']);
  expect(commandOf(press('n', { ctrlKey: true }), false)).toBeNull();
  expect(commandOf(press('n', { altKey: true }), false)).toBeNull();
});

it('opens the switcher, unless words are selected that are to become a link', () => {
  const field = document.createElement('textarea');
  document.body.append(field);
  field.value = 'a word';
  let asked: boolean | null = null;
  field.addEventListener('keydown', (event) => (asked = asksForSwitcher(event)));
  const ctrlK = () => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }));
  field.setSelectionRange(0, 0);
  ctrlK();
  expect(asked).toBe(true);
  field.setSelectionRange(0, 4);
  ctrlK();
  expect(asked).toBe(false);
});
