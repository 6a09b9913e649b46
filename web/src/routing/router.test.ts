import { describe, expect, it, vi } from 'vitest';
import { safeNext } from './paths.ts';
import { router } from './router.svelte.ts';

// jsdom has no layout to scroll.
vi.stubGlobal('scrollTo', () => undefined);

describe('the router', () => {
  function click(html: string, init: MouseEventInit = {}): void {
    document.body.innerHTML = html;
    // What it leaves alone the browser would follow, and jsdom cannot.
    window.addEventListener('click', (late) => late.preventDefault(), { once: true });
    document.querySelector('a span')?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
  }

  it('goes and comes back', () => {
    router.go('/sign-in?next=%2Fprofile');
    expect(router.path).toBe('/sign-in');
    expect(router.query.get('next')).toBe('/profile');
    router.go('/sign-up', { replace: true });
    expect(location.pathname).toBe('/sign-up');
  });
  it('follows links of ours without a reload', () => {
    click('<a href="/profile"><span>x</span></a>');
    expect(router.path).toBe('/profile');
  });
  it('takes away what lies over the page with the way back, and leaves it there on the way to it', async () => {
    const stepped = () => new Promise((done) => addEventListener('popstate', done, { once: true }));
    router.go('/partner/1');
    router.lay('chat');
    router.lay('chat');
    expect([router.path, router.cover]).toEqual(['/partner/1', 'chat']);
    router.go('/sign-in');
    expect(router.cover).toBeNull();
    history.back();
    await stepped();
    expect([router.path, router.cover]).toEqual(['/partner/1', 'chat']);
    router.lift();
    await stepped();
    expect([router.path, router.cover]).toEqual(['/partner/1', null]);
    router.go('/profile');
  });
  it('leaves alone what is not ours to follow', () => {
    for (const html of [
      '<a href="https://example.com/sessions"><span>x</span></a>',
      '<a href="/api/v1/files/1"><span>x</span></a>',
      '<a href="/docs"><span>x</span></a>',
      '<a href="/sessions" target="_blank"><span>x</span></a>',
      '<a href="/sessions" download><span>x</span></a>',
    ]) {
      click(html);
      expect(router.path).toBe('/profile');
    }
    click('<a href="/sessions"><span>x</span></a>', { ctrlKey: true });
    expect(router.path).toBe('/profile');
  });
});

describe('next', () => {
  it('leads to pages of ours only', () => {
    expect(safeNext('/messages?x=1')).toBe('/messages?x=1');
    for (const evil of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '', null]) {
      expect(safeNext(evil)).toBeNull();
    }
  });
});
