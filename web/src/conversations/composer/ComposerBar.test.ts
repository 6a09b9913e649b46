import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import type { Conversation, Quoted } from '../../core/conversationTypes.ts';
import { conversationStore } from '../../core/feed/conversationStore.svelte.ts';
import { ask } from '../../ui/ask.ts';
import { Composer } from './composer.svelte.ts';
import ComposerBar from './ComposerBar.svelte';

vi.mock('../../ui/ask.ts', () => ({ ask: vi.fn(async () => false) }));

let shown: ReturnType<typeof mount> | undefined;
const send = vi.fn(async () => undefined);

function field(text = ''): { composer: Composer; area: HTMLTextAreaElement } {
  const composer = new Composer({ draftKey: 'c', send });
  composer.text = text;
  shown = mount(ComposerBar, { target: document.body, props: { composer, label: 'Message' } });
  flushSync();
  return { composer, area: document.querySelector('textarea')! };
}

function pasted(area: HTMLTextAreaElement, files: File[], texts: Record<string, string> = {}): Event {
  const event = new Event('paste', { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { files, getData: (type: string) => texts[type] ?? '' } });
  area.dispatchEvent(event);
  return event;
}

const press = (area: HTMLTextAreaElement, how: KeyboardEventInit) => {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...how });
  area.dispatchEvent(event);
  flushSync();
  return event;
};

describe('the field one writes in', () => {
  beforeEach(() => {
    localStorage.clear();
    send.mockClear();
  });
  afterEach(() => void (shown && unmount(shown)));

  it('sends with Enter, and not with the Enter that ends a composition in Safari', () => {
    const { area } = field('你好');
    press(area, { key: 'Enter', keyCode: 229 });
    press(area, { key: 'Enter', isComposing: true });
    expect(send).not.toHaveBeenCalled();
    press(area, { key: 'Enter', keyCode: 13 });
    expect(send).toHaveBeenCalledWith('你好', [], {});
  });

  it('leaves the words of a spreadsheet to the browser, and attaches a picture that comes alone', () => {
    const { composer, area } = field();
    const attach = vi.spyOn(composer, 'attach').mockImplementation(() => undefined);
    const picture = new File(['x'], 'image.png', { type: 'image/png' });
    expect(pasted(area, [picture], { 'text/plain': 'a\tb', 'text/html': '<table><tr><td>a<td>b</table>' }).defaultPrevented).toBe(false);
    expect(attach).not.toHaveBeenCalled();
    expect(pasted(area, [picture]).defaultPrevented).toBe(true);
    expect(attach).toHaveBeenCalledWith([picture]);
  });

  it('formats what is selected with Ctrl+B, Ctrl+I and Ctrl+K, as its draft', () => {
    const { composer, area } = field('see this');
    area.setSelectionRange(4, 8);
    expect(press(area, { key: 'b', ctrlKey: true }).defaultPrevented).toBe(true);
    expect([composer.text, area.value.slice(area.selectionStart, area.selectionEnd)]).toEqual(['see **this**', 'this']);
    press(area, { key: 'b', ctrlKey: true });
    press(area, { key: 'ш', code: 'KeyI', ctrlKey: true });
    expect(composer.text).toBe('see *this*');
    press(area, { key: 'i', ctrlKey: true });
    press(area, { key: 'k', ctrlKey: true });
    expect([composer.text, area.value.slice(area.selectionStart, area.selectionEnd)]).toEqual(['see [this](https://)', 'https://']);
    expect(new Composer({ draftKey: 'c', send }).text).toBe('see [this](https://)');
  });

  it('offers emoji after a colon, and Enter takes the marked one instead of sending', async () => {
    const { composer, area } = field();
    const type = (words: string) => {
      area.value += words;
      area.setSelectionRange(area.value.length, area.value.length);
      flushSync(() => void area.dispatchEvent(new InputEvent('input', { bubbles: true })));
    };
    const marked = () => document.querySelector('[role=option][aria-selected=true]');
    type('Breakfast at 10:30 :crois');
    await vi.waitFor(() => expect(marked()?.textContent).toContain('croissant'));
    expect(area.getAttribute('aria-activedescendant')).toBe(marked()!.id);
    press(area, { key: 'Escape' });
    expect(marked()).toBeNull();
    type('s');
    await vi.waitFor(() => expect(marked()).not.toBeNull());
    expect(press(area, { key: 'Enter' }).defaultPrevented).toBe(true);
    expect([composer.text, area.getAttribute('aria-expanded')]).toEqual(['Breakfast at 10:30 🥐 ', 'false']);
    expect(send).not.toHaveBeenCalled();
  });

  it('asks before it notifies more than 50, also from a thread, whose chat it asks for their number', async () => {
    const channel = { id: 'c', kind: 'channel', name: 'News', members: 51, my_role: 'owner', reads: [] } as unknown as Conversation;
    const thread = { id: 't', kind: 'thread', parent: { id: 'c', kind: 'channel', name: 'News' }, my_role: 'owner', reads: [] } as unknown as Conversation;
    conversationStore.put(thread);
    const asked = vi.spyOn(api, 'get').mockImplementation((async (path: string) => (path === '/conversations/c' ? channel : { items: [] })) as typeof api.get);
    const composer = new Composer({ draftKey: 't', send, conversation: () => 't' });
    composer.text = 'Lunch, @all';
    shown = mount(ComposerBar, { target: document.body, props: { composer, label: 'Message' } });
    flushSync();
    await vi.waitFor(() => expect(conversationStore.get('c')).toBeDefined());
    expect(document.querySelector('.mirror mark')?.textContent).toBe('@all');
    press(document.querySelector('textarea')!, { key: 'Enter' });
    await vi.waitFor(() => expect(ask).toHaveBeenCalledWith(expect.objectContaining({ text: 'This message notifies 50 people.' })));
    expect(send).not.toHaveBeenCalled();
    expect(asked.mock.calls.filter(([path]) => path === '/conversations/c')).toHaveLength(1);
    vi.mocked(ask).mockResolvedValue(true);
    press(document.querySelector('textarea')!, { key: 'Enter' });
    await vi.waitFor(() => expect(send).toHaveBeenCalledWith('Lunch, @all', [], { mentions_all: true }));
    conversationStore.clear();
    vi.restoreAllMocks();
  });

  it('gives up the reply with Escape, and leaves the next one to the page', () => {
    const composer = new Composer({ draftKey: 'c', send });
    composer.replyTo({ id: 'm' } as Quoted);
    shown = mount(ComposerBar, { target: document.body, props: { composer, label: 'Message' } });
    flushSync();
    const area = document.querySelector('textarea')!;
    expect(press(area, { key: 'Escape' }).defaultPrevented).toBe(true);
    expect(composer.reply).toBeNull();
    expect(press(area, { key: 'Escape' }).defaultPrevented).toBe(false);
  });

  it('has the same as buttons, behind one', () => {
    const { composer, area } = field('milk');
    const button = (label: string) => document.querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`);
    expect(button('Quote')).toBeNull();
    button('Formatting')!.click();
    flushSync();
    area.setSelectionRange(0, 4);
    button('Quote')!.click();
    button('Italic')!.click();
    flushSync();
    expect(composer.text).toBe('> *milk*');
    expect(button('What you can write')).not.toBeNull();
    expect(document.activeElement).toBe(area);
  });
});
