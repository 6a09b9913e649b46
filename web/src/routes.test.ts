import { describe, expect, it } from 'vitest';
import { findRoute } from './routes.ts';
import { paths } from './routing/index.ts';

const id = '0190a000-0000-7000-8000-000000000001';
const found = (path: string) => {
  const match = findRoute(path);
  return match && { path: match.route.path, props: match.route.props(match.params) };
};

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
