import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { language } from '../i18n/index.ts';
import { loadEmojis } from './data.ts';
import EmojiPicker from './EmojiPicker.svelte';
import { emojiMemory } from './memory.svelte.ts';

let picker: Record<string, unknown>;
const onpick = vi.fn();

beforeEach(async () => {
  Element.prototype.scrollTo = () => undefined;
  language.choose('en');
  await loadEmojis('en');
  picker = mount(EmojiPicker, { target: document.body, props: { onpick } });
  await vi.waitFor(() => expect(choices().length).toBeGreaterThan(0));
});
afterEach(async () => {
  await unmount(picker);
  onpick.mockClear();
  emojiMemory.choose(0);
});

const choices = () => [...document.querySelectorAll<HTMLButtonElement>('.grid button')];
const search = () => document.querySelector<HTMLInputElement>('input[type=search]')!;
const press = (on: Element, key: string) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  flushSync(() => void on.dispatchEvent(event));
  return event;
};

async function look(words: string) {
  search().value = words;
  flushSync(() => void search().dispatchEvent(new Event('input', { bubbles: true })));
  await tick();
}

describe('the emoji picker', () => {
  it('finds by words, and Enter takes the first one', async () => {
    await look('croissant');
    expect(choices().map((each) => each.textContent)).toEqual(['🥐']);
    press(search(), 'Enter');
    expect(onpick).toHaveBeenCalledExactlyOnceWith('🥐');
    expect(emojiMemory.recent[0]).toBe('🥐');
  });

  it('leaves Enter to the button that clears the search', async () => {
    await look('croissant');
    expect(press(document.querySelector('.search button')!, 'Enter').defaultPrevented).toBe(false);
    expect(onpick).not.toHaveBeenCalled();
  });

  it('says so where nothing is found, and sends no form around it', async () => {
    await look('qqqq');
    expect(press(search(), 'Enter').defaultPrevented).toBe(true);
    expect(document.querySelector('[role=status]')?.textContent).toContain('qqqq');
  });

  it('is walked through with the arrows, from the search and back', async () => {
    await look('dog');
    press(search(), 'ArrowDown');
    expect(document.activeElement).toBe(choices()[0]);
    press(document.activeElement!, 'ArrowRight');
    expect(document.activeElement).toBe(choices()[1]);
    expect(choices().filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    press(document.activeElement!, 'Home');
    press(document.activeElement!, 'ArrowUp');
    expect(document.activeElement).toBe(search());
  });

  it('shows people and hands in the tone that was chosen, and remembers it', async () => {
    flushSync(() => document.querySelectorAll<HTMLInputElement>('fieldset input')[3]!.click());
    await look('thumbs up');
    expect(choices()[0]!.textContent).toBe('👍🏽');
    expect(localStorage.getItem('estafette.emoji.tone')).toBe('3');
  });
});
