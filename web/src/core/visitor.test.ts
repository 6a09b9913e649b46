import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Draft } from './outbox/outbox.svelte.ts';
import { visitorNotes } from './visitor.ts';

function listening() {
  const drafts: Draft[] = [];
  return { drafts, add: async (draft: Draft) => void drafts.push(draft) as never };
}

describe('what a visitor typed', () => {
  beforeEach(() => localStorage.clear());

  it('keeps one key from the first letter to the last', () => {
    visitorNotes.write('p', 'Hel');
    const first = visitorNotes.read('p')?.key;
    visitorNotes.write('p', 'Hello', true);
    expect(visitorNotes.read('p')).toMatchObject({ text: 'Hello', wanted: true, key: first });
  });

  it('goes out once, with its key, when it was wanted', async () => {
    visitorNotes.write('p', ' Hello ', true);
    visitorNotes.write('q', 'only typed');
    const key = visitorNotes.read('p')?.key;
    const outbox = listening();
    await visitorNotes.deliver(outbox);
    await visitorNotes.deliver(outbox);
    expect(outbox.drafts).toEqual([{ target: { partner: 'p' }, lane: 'p', text: 'Hello', key }]);
    expect(visitorNotes.read('q')?.text).toBe('only typed');
  });

  it('stays a draft when nobody signed in for hours', async () => {
    visitorNotes.write('p', 'Hello', true);
    vi.useFakeTimers({ now: Date.now() + 3 * 60 * 60_000 });
    const outbox = listening();
    await visitorNotes.deliver(outbox);
    vi.useRealTimers();
    expect(outbox.drafts).toEqual([]);
    expect(visitorNotes.read('p')?.text).toBe('Hello');
  });

  it('does not go to the partner that one belongs to', async () => {
    visitorNotes.write('p', 'Hello', true);
    const outbox = listening();
    await visitorNotes.deliver(outbox, ['p']);
    expect(outbox.drafts).toEqual([]);
    expect(visitorNotes.read('p')).toBeNull();
  });

  it('survives a spoilt store', () => {
    localStorage.setItem('estafette.visitor.p', '{');
    expect(visitorNotes.read('p')).toBeNull();
  });
});
