import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import { Candidates } from './candidates.svelte.ts';
import type { MentionPlace } from './place.ts';

const place: MentionPlace = { id: 'g', name: 'Lunch', role: 'member', members: 3, invites: false };
const ida = { id: 'ida', name: 'Ida', picture: null };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('takes nobody who was found for what was typed before, unless the name goes on as it is typed', async () => {
  vi.spyOn(api, 'get').mockResolvedValue({ items: [{ person: ida }] });
  const candidates = new Candidates();
  const typed = (words: string) => {
    candidates.look(words, place, () => []);
    return candidates.found.map((each) => candidates.answers(each));
  };
  typed('i');
  await vi.runAllTimersAsync();
  expect(candidates.found).toEqual([{ kind: 'member', person: ida }]);
  expect(typed('id')).toEqual([true]);
  expect(typed('ia')).toEqual([false]);
});
