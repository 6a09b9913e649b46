import { expect, it } from 'vitest';
import { shortcut } from './shortcut.ts';

const press = (key: string, how: KeyboardEventInit = {}) => shortcut(new KeyboardEvent('keydown', { key, ctrlKey: true, ...how }));

it('takes the letter with the command key alone, on any keyboard', () => {
  expect([press('b'), press('B'), press('и', { code: 'KeyB' }), press('k', { code: 'KeyV' })]).toEqual(['b', 'b', 'b', 'k']);
  expect([press('b', { shiftKey: true }), press('b', { altKey: true }), press('b', { ctrlKey: false }), press('b', { metaKey: true }), press('Enter')]).toEqual([null, null, null, null, null]);
});
