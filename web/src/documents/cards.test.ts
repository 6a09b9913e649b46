import { beforeEach, describe, expect, it, vi } from 'vitest';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import { Cards } from './cards.svelte.ts';
import type { DocumentCard, SystemDocument } from './types.ts';

const link = (id: number | string) => `https://documents.example.com/view/${id}`;
const card = (each: string): DocumentCard => ({ link: each, state: 'granted', system: 'Personnel', reason: null, document: { link: each, version: '1', acknowledged_at: null, told: false } as SystemDocument });

beforeEach(() => {
  vi.useFakeTimers();
  session.me = { id: 'nora', roles: ['employee'] } as Me;
});

describe('cards of links', () => {
  it('are asked for together, 50 at most in a question, and once', async () => {
    const ask = vi.fn(async (links: string[]) => ({ items: links.map(card) }));
    const cards = new Cards(ask);
    for (let id = 0; id < 60; id += 1) cards.want(link(id));
    cards.want(link(0));
    await vi.runAllTimersAsync();
    cards.want(link(0));
    await vi.runAllTimersAsync();
    expect(ask.mock.calls.map(([links]) => links.length)).toEqual([50, 10]);
    expect(cards.of(link(59))?.system).toBe('Personnel');
  });

  it('are none where the link is of no document, and are asked for again after a failure', async () => {
    let away = true;
    const cards = new Cards(async () => {
      if (away) throw new Error('away');
      return { items: [] };
    });
    cards.want(link(1));
    await vi.runAllTimersAsync();
    expect(cards.failed(link(1))).toBe(true);
    away = false;
    cards.want(link(1));
    await vi.runAllTimersAsync();
    expect([cards.failed(link(1)), cards.of(link(1))]).toEqual([false, null]);
  });

  it('are of one person only', async () => {
    const cards = new Cards(async (links) => ({ items: links.map(card) }));
    cards.want(link(1));
    await vi.runAllTimersAsync();
    session.me = { id: 'marta', roles: ['employee'] } as Me;
    cards.want(link(2));
    expect(cards.of(link(1))).toBeUndefined();
  });

  it('say at once that the reader has taken note, and of which version', async () => {
    const cards = new Cards(async (links) => ({ items: links.map(card) }));
    cards.want(link(1));
    await vi.runAllTimersAsync();
    cards.acknowledged(link(1), '2', { acknowledged_at: '2026-11-30T12:00:00Z', told: false });
    expect(cards.of(link(1))?.document?.acknowledged_at).toBeNull();
    cards.acknowledged(link(1), '1', { acknowledged_at: '2026-11-30T12:00:00Z', told: false });
    expect(cards.of(link(1))?.document?.acknowledged_at).toBe('2026-11-30T12:00:00Z');
  });
});
