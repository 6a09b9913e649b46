import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../core/conversationTypes.ts';
import { Composer } from './composer.svelte.ts';
import ComposerBar from './ComposerBar.svelte';

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

  it('gives up the reply with Escape, and leaves the next one to the page', () => {
    let reply: Message | null = { id: 'm' } as Message;
    const composer = new Composer({ draftKey: 'c', send, replyTo: () => reply, cancelReply: () => (reply = null) });
    shown = mount(ComposerBar, { target: document.body, props: { composer, label: 'Message' } });
    flushSync();
    const area = document.querySelector('textarea')!;
    expect(press(area, { key: 'Escape' }).defaultPrevented).toBe(true);
    expect(reply).toBeNull();
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
