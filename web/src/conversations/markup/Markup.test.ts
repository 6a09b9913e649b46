import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import Mention from '../mentions/Mention.svelte';
import Markup from './Markup.svelte';
import { namedPerson } from './namedPerson.ts';

let shown: ReturnType<typeof mount> | undefined;

function render(text: string, all = false): HTMLElement {
  const target = document.createElement('div');
  shown = mount(Markup, { target, props: { text, all } });
  flushSync();
  return target;
}

describe('shown markup', () => {
  beforeEach(() => void (namedPerson.shown = Mention));
  afterEach(() => void (shown && unmount(shown)));

  it('never becomes HTML', () => {
    const evil = '<img src=x onerror=alert(1)> <script>alert(1)</script> **<b onclick=x>bold</b>** `<i>` > <a href="javascript:x">';
    const target = render(evil);
    expect([...target.querySelectorAll('*')].map(({ tagName }) => tagName)).toEqual(['P', 'STRONG', 'CODE']);
    expect(target.textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('marks @all where the message mentions everybody, and nowhere else', () => {
    const marked = (text: string, all: boolean) => [...render(text, all).querySelectorAll('span')].map(({ textContent }) => textContent);
    const text = '> **Hello @all!** @allen `@all`\n\n- https://a.example/@all and @all';
    expect(marked(text, true)).toEqual(['@all', '@all']);
    expect(render(text, true).querySelector('a')?.getAttribute('href')).toBe('https://a.example/@all');
    expect(marked(text, false)).toEqual([]);
  });

  it('says who is named in words alone where no person is shown in it, as on a storefront', () => {
    namedPerson.shown = null;
    const target = render(`Ask @[Ida Berg](person:${crypto.randomUUID()}), or @all.`, true);
    expect([target.textContent, target.querySelector('span')]).toEqual(['Ask @Ida Berg, or @all.', null]);
  });

  it('gives links no opener, no referrer and no rank', () => {
    const link = render('see https://a.example/x?y=1.').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://a.example/x?y=1');
    expect(link?.rel).toBe('noopener noreferrer nofollow');
    expect(link?.target).toBe('_blank');
  });

  it('calls a number from the page itself, and opens an address without https:// beside it', () => {
    const [phone, site] = render('+33 6 39 98 00 09 or www.example.com').querySelectorAll('a');
    expect([phone?.getAttribute('href'), phone?.getAttribute('target'), phone?.textContent]).toEqual(['tel:+33639980009', null, '+33 6 39 98 00 09']);
    expect([site?.getAttribute('href'), site?.target, site?.textContent]).toEqual(['https://www.example.com/', '_blank', 'www.example.com']);
  });

  it('shows the address it leads to', () => {
    expect(render('https://bücher.example/ä').querySelector('a')?.textContent).toBe('https://bücher.example/ä');
  });

  it('shows behind words where they lead, whatever signs the words bring', () => {
    const link = render('[https://bank.example \u202e](https://evil.example/login "onmouseover=x") [Our **hours**](https://a.example/h?x=1)').querySelectorAll('a');
    const named = link[link.length - 1]!;
    expect(named.textContent).toBe('Our **hours** (a.example)');
    expect(named.title).toBe('https://a.example/h?x=1');
    expect(named.rel).toBe('noopener noreferrer nofollow');
    expect(named.hasAttribute('tabindex')).toBe(false);
    expect([...named.querySelectorAll('bdi')].map(({ textContent }) => textContent)).toEqual(['Our **hours**', 'a.example']);
  });

  it('makes no element of what stands in a link', () => {
    const target = render('[<img src=x onerror=alert(1)>](https://a.example/"><script>)');
    expect(target.querySelector('img, script')).toBeNull();
  });
});
