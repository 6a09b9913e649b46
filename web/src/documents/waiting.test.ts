import { beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import { Origins } from './origins.svelte.ts';
import type { SystemDocument, Waiting } from './types.ts';
import { WaitingDocuments } from './waiting.svelte.ts';

const document = (id: string, status = 'signed') => ({ link: `https://documents.example.com/${id}`, version: '1', status }) as SystemDocument;
const waiting = (...all: SystemDocument[]): Waiting => ({ items: all.map((each) => ({ system_id: 's', system: 'Personnel', document: each })), silent: [], systems: 1, email_confirmed: true });

beforeEach(() => void (session.me = { id: 'nora', roles: ['employee'] } as Me));

describe('what waits', () => {
  it('is done once it is acknowledged, unless it is to be signed', async () => {
    const list = new WaitingDocuments(async () => waiting(document('a'), document('b', 'to_sign')));
    await list.refresh();
    const given = { acknowledged_at: '2026-03-02T10:00:00Z', told: true };
    list.done(document('a'), given);
    list.done(document('b', 'to_sign'), given);
    expect([list.registered, list.count]).toEqual([true, 1]);
    expect(list.found?.items[0]?.document).toMatchObject({ link: document('b').link, acknowledged_at: given.acknowledged_at, told: true });
  });

  it('is what was asked for last', async () => {
    const answers: ((found: Waiting) => void)[] = [];
    const list = new WaitingDocuments(() => new Promise((answer) => answers.push(answer)));
    const both = [list.refresh(), list.refresh()];
    answers[1]!(waiting(document('a'), document('b')));
    answers[0]!(waiting());
    await Promise.all(both);
    expect(list.count).toBe(2);
  });

  it('is of one person only', async () => {
    const answers: ((found: Waiting) => void)[] = [];
    const list = new WaitingDocuments(() => new Promise((answer) => answers.push(answer)));
    const first = list.refresh();
    answers[0]!(waiting(document('a')));
    await first;
    const again = list.refresh();
    session.me = { id: 'marta', roles: ['employee'] } as Me;
    expect([list.found, list.registered, list.count]).toEqual([null, false, 0]);
    answers[1]!(waiting(document('a')));
    await again;
    expect(list.found).toBeNull();
    const hers = list.refresh();
    expect(list.found).toBeNull();
    answers[2]!(waiting(document('b')));
    await hers;
    expect(list.found?.items.map((each) => each.document.link)).toEqual([document('b').link]);
  });

  it('is not asked for by who is no employee', async () => {
    session.me = { id: 'ann', roles: ['customer'] } as Me;
    const ask = vi.fn(async () => waiting(document('a')));
    const list = new WaitingDocuments(ask);
    await list.refresh();
    expect(ask).not.toHaveBeenCalled();
    expect(list.registered).toBe(false);
  });
});

describe('origins of documents', () => {
  it('are asked for once, and choose the links that may be of documents', async () => {
    const ask = vi.fn(async () => ({ origins: ['https://documents.example.com'] }));
    const origins = new Origins(ask);
    await Promise.all([origins.learn(), origins.learn()]);
    const own = 'https://documents.example.com/view/1';
    expect(origins.among([own, own, 'https://documents.example.com.evil.example/view/1', 'no link'])).toEqual([own]);
    expect(ask).toHaveBeenCalledTimes(1);
    origins.doubt();
    await origins.learn();
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('are another person’s no more after signing in as somebody else', async () => {
    const origins = new Origins(async () => ({ origins: session.me?.id === 'nora' ? ['https://documents.example.com'] : [] }));
    await origins.learn();
    session.me = { id: 'ann', roles: ['customer'] } as Me;
    await origins.learn();
    expect(origins.among(['https://documents.example.com/view/1'])).toEqual([]);
  });

  it('are asked for again by the next link when there was no answer', async () => {
    let away = true;
    const origins = new Origins(async () => {
      if (away) throw new Error('away');
      return { origins: ['https://documents.example.com'] };
    });
    await origins.learn();
    away = false;
    await origins.learn();
    expect(origins.among(['https://documents.example.com/view/1'])).toHaveLength(1);
  });
});
