import { expect, it, vi } from 'vitest';
import { api } from '../../core/api.ts';
import { directory } from '../../colleagues/api.ts';
import type { Chat } from '../../core/conversationTypes.ts';
import type { Colleague } from '../../colleagues/types.ts';
import { chats as server } from '../api.ts';
import { Destinations, ranked } from './destinations.svelte.ts';

const chat = (name: string, minute: number, more: object = {}) =>
  ({ id: `chat ${name}`, kind: 'group', name, opened_at: '', last_message_at: `2026-01-01T00:${String(minute).padStart(2, '0')}:00Z`, ...more }) as unknown as Chat;
const direct = (name: string, minute: number) => chat(name, minute, { kind: 'direct', counterpart: { id: name, name, picture: null, kind: 'person' } });
const person = (name: string, title = '') => ({ id: name, name, title }) as Colleague;
const ids = (...asked: Parameters<typeof ranked>) => ranked(...asked).map(({ kind, name }) => `${kind} ${name}`);

it('leads to recent chats while nothing is typed', () => {
  expect(ids('', [direct('Hugo', 1), chat('Lunch', 5)], [], [], [])).toEqual(['chat Lunch', 'chat Hugo']);
});

it('has what begins as was typed before initials and parts, and chats before people and channels of the same', () => {
  const found = ids('he', [chat('The heroes', 9), direct('Helen Ford', 1), chat('Sushi', 3)], [], [person('Hector')], [{ id: 'n', name: 'Help', purpose: '', members: 3, joined: false }]);
  expect(found).toEqual(['chat Helen Ford', 'person Hector', 'channel Help', 'chat The heroes']);
  expect(ids('hf', [direct('Helen Ford', 1)], [], [], [])).toEqual(['chat Helen Ford']);
});

it('names nobody twice, and who was found by what they do, last', () => {
  const news = { id: 'chat News', name: 'News', purpose: '', members: 3, joined: true };
  expect(ids('sales', [direct('Hugo', 1), chat('News', 2)], [chat('Sales team', 1)], [person('Hugo', 'Sales'), person('Ida', 'Sales')], [news])).toEqual(['chat Sales team', 'person Ida']);
});

it('goes to nobody who was found for other words, and at once to whom the words name', async () => {
  vi.useFakeTimers();
  vi.spyOn(server, 'channels').mockResolvedValue({ items: [], next: null });
  vi.spyOn(api, 'get').mockResolvedValue({ items: [], messages: { items: [] } });
  vi.spyOn(directory, 'search').mockResolvedValue({ items: [person('Hugo', 'Sales')], next: null });
  const places = new Destinations(() => [chat('Legal', 1)]);
  const answering = () => places.items.filter((to) => places.answers(to)).map(({ name }) => name);
  places.type('sales');
  await vi.runAllTimersAsync();
  expect(answering()).toEqual(['Hugo', 'sales']);
  places.type('legal');
  expect(places.items.map(({ name }) => name)).toEqual(['Legal', 'Hugo', 'legal']);
  expect(answering()).toEqual(['Legal']);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

it('offers what was said, and to search on for it, below whom and what the words name', async () => {
  vi.useFakeTimers();
  vi.spyOn(server, 'channels').mockResolvedValue({ items: [], next: null });
  vi.spyOn(directory, 'search').mockResolvedValue({ items: [], next: null });
  const hit = { message: { id: 'm' }, conversation: chat('Lunch', 1), excerpt: 'Legal pears', highlights: [] };
  vi.spyOn(api, 'get').mockImplementation(async (path) => (path.startsWith('/search') ? { messages: { items: [hit] } } : { items: [] }));
  const places = new Destinations(() => [chat('Legal', 1)]);
  expect(places.items.map(({ kind }) => kind)).toEqual(['chat']);
  places.type('legal');
  await vi.runAllTimersAsync();
  expect(places.items.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['chat Legal', 'message Lunch', 'search legal']);
  vi.useRealTimers();
  vi.restoreAllMocks();
});
