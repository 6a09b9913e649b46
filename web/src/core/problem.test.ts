import { expect, it } from 'vitest';
import { NetworkFailure, problemFrom, reasonOf } from './problem.ts';

const refused = (status: number, text: string) => problemFrom(status, text, () => null);

it('a failure is told in the words of the server, else in our own', () => {
  expect(reasonOf(refused(403, '{"title": "Not allowed", "detail": "You only read here."}'), 'ours')).toBe('You only read here.');
  expect(reasonOf(refused(403, '{"title": "Not allowed"}'), 'ours')).toBe('Not allowed');
  expect(reasonOf(refused(502, '<html>Bad gateway</html>'), 'ours')).toBe('ours');
  expect(reasonOf(new NetworkFailure(), 'ours')).toBe('ours');
});
