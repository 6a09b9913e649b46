import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileInfo } from '../../core/types.ts';
import Lightbox from './Lightbox.svelte';

let shown: ReturnType<typeof mount>;
const image = () => document.querySelector('img')!;
const zoom = () => image().style.getPropertyValue('--zoom');

/** Presses a key while nothing has the focus, as after a button that was disabled under it. */
function press(key: string, more: KeyboardEventInit = {}) {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...more }));
  flushSync();
}

describe('pictures over everything else', () => {
  beforeEach(() => {
    Object.assign(HTMLDialogElement.prototype, { showModal: () => undefined });
    shown = mount(Lightbox, { target: document.body });
    const files = ['pears', 'plums'].map((name) => ({ id: name, name }) as FileInfo);
    (shown as { open: (files: FileInfo[], first: number) => void }).open(files, 0);
    flushSync();
  });
  afterEach(() => void unmount(shown));

  it('take keys at the farthest zoom, too, and where the buttons that turn the page are gone', () => {
    for (const key of '++++') press(key);
    expect([zoom(), document.querySelector('.stage button')]).toEqual(['4', null]);
    press('-');
    expect(zoom()).toBe('3');
    press('ArrowRight');
    expect([zoom(), image().alt]).toEqual(['1', 'plums']);
  });

  it('leave to the browser what it zooms and turns by itself', () => {
    for (const more of [{ ctrlKey: true }, { metaKey: true }]) press('+', more);
    press('ArrowRight', { altKey: true });
    expect([zoom(), image().alt]).toEqual(['1', 'pears']);
  });
});
