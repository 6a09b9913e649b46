import { flushSync, mount, unmount } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import Markup from './Markup.svelte';

let shown: ReturnType<typeof mount> | undefined;

function render(text: string): HTMLElement {
  const target = document.createElement('div');
  shown = mount(Markup, { target, props: { text } });
  flushSync();
  return target;
}

describe('shown markup', () => {
  afterEach(() => void (shown && unmount(shown)));

  it('never becomes HTML', () => {
    const evil = '<img src=x onerror=alert(1)> <script>alert(1)</script> **<b onclick=x>bold</b>** `<i>` > <a href="javascript:x">';
    const target = render(evil);
    expect([...target.querySelectorAll('*')].map(({ tagName }) => tagName)).toEqual(['P', 'STRONG', 'CODE']);
    expect(target.textContent).toContain('<img src=x onerror=alert(1)>');
  });

  it('gives links no opener, no referrer and no rank', () => {
    const link = render('see https://a.example/x?y=1.').querySelector('a');
    expect(link?.getAttribute('href')).toBe('https://a.example/x?y=1');
    expect(link?.rel).toBe('noopener noreferrer nofollow');
    expect(link?.target).toBe('_blank');
  });

  it('shows the address it leads to', () => {
    expect(render('https://bücher.example/ä').querySelector('a')?.textContent).toBe('https://bücher.example/ä');
  });
});
