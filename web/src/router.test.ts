import { describe, expect, it, vi } from 'vitest';
import { findRoute, paths, place, safeNext } from './router.ts';
import { buildPath, matchPath } from './routing/patterns.ts';

// jsdom has no layout to scroll.
vi.stubGlobal('scrollTo', () => undefined);

const id = '0190a000-0000-7000-8000-000000000001';
const found = (path: string) => {
  const match = findRoute(path);
  return match && { path: match.route.path, props: match.route.props(match.params) };
};

describe('patterns', () => {
  it('read named segments and unescape them', () => {
    expect(matchPath('/inbox/{partner}/{conversation}', '/inbox/a%20b/c')).toEqual({ partner: 'a b', conversation: 'c' });
  });
  it('do not match other lengths, other fixed segments or broken escapes', () => {
    expect(matchPath('/messages/{conversation}', '/messages')).toBeNull();
    expect(matchPath('/messages/{conversation}', '/letters/1')).toBeNull();
    expect(matchPath('/messages/{conversation}', '/messages/%E0%A4%A')).toBeNull();
  });
  it('build paths with escaped values', () => {
    expect(buildPath('/partner/{id}', { id: 'a/b' })).toBe('/partner/a%2Fb');
  });
});

describe('routes', () => {
  it('put fixed segments before named ones', () => {
    expect(found('/messages/archive')).toEqual({ path: '/messages/archive', props: { archive: true } });
    expect(found(`/inbox/${id}/settings`)).toEqual({ path: '/inbox/{partner}/settings', props: { partner: id } });
    expect(found(`/inbox/${id}/archive`)?.props).toEqual({ partner: id, archive: true });
    expect(found(`/inbox/${id}/requests`)).toEqual({ path: '/inbox/{partner}/requests', props: { partner: id } });
    expect(found(`/inbox/${id}/adverts`)?.path).toBe('/inbox/{partner}/adverts');
    expect(found('/outbox/new')?.path).toBe('/outbox/new');
    expect(found('/outbox/webhooks')?.path).toBe('/outbox/webhooks');
    expect(found('/outbox/17')).toEqual({ path: '/outbox/{id}', props: { id: '17' } });
  });
  it('hand the ids in the address to the page', () => {
    expect(found(paths.conversation(id))?.props).toEqual({ conversation: id });
    expect(found(paths.inboxConversation('p', id))?.props).toEqual({ partner: 'p', conversation: id });
    expect(found(paths.contactRequest('p', id))?.props).toEqual({ partner: 'p', request: id });
    expect(found(paths.storefront(id))?.props).toEqual({ id });
  });
  it('ignore a slash at the end and know what is no page', () => {
    expect(found('/messages/')?.path).toBe('/messages');
    expect(found('/nowhere')).toBeNull();
  });
  it('have a page for every address we link to', () => {
    const addresses = Object.values(paths).map((address) => (address as (...ids: string[]) => string)(id, id));
    for (const address of addresses) expect(findRoute(new URL(address, 'http://x').pathname), address).not.toBeNull();
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

describe('place', () => {
  function click(html: string, init: MouseEventInit = {}): void {
    document.body.innerHTML = html;
    // What the router leaves alone the browser would follow, and jsdom cannot.
    window.addEventListener('click', (late) => late.preventDefault(), { once: true });
    document.querySelector('a span')?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, ...init }));
  }

  it('goes and comes back', () => {
    place.go('/sign-in?next=%2Fprofile');
    expect(place.path).toBe('/sign-in');
    expect(place.query.get('next')).toBe('/profile');
    place.go('/sign-up', { replace: true });
    expect(location.pathname).toBe('/sign-up');
  });
  it('follows links of ours without a reload', () => {
    click('<a href="/profile"><span>x</span></a>');
    expect(place.path).toBe('/profile');
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
      expect(place.path).toBe('/profile');
    }
    click('<a href="/sessions"><span>x</span></a>', { ctrlKey: true });
    expect(place.path).toBe('/profile');
  });
});
