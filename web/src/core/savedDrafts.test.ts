import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api.ts';
import { ApiProblem } from './problem.ts';
import { savedDrafts } from './savedDrafts.svelte.ts';

const kept = (text: string, revision: number) => ({ conversation_id: 'c', text, reply_to: null, quoted: null, revision, changed_at: '2026-12-01T12:00:00Z' });

describe('what is kept of an unfinished message', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    savedDrafts.clear();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('is stored once somebody pauses, from the revision that was seen', async () => {
    const put = vi.spyOn(api, 'put').mockResolvedValueOnce(kept('Half', 7)).mockResolvedValueOnce(kept('Half a thought', 9));
    savedDrafts.write('c', 'Ha');
    savedDrafts.write('c', 'Half');
    await vi.runAllTimersAsync();
    savedDrafts.write('c', 'Half a thought', 'm');
    await vi.runAllTimersAsync();
    expect(put.mock.calls.map(([, body]) => body)).toEqual([{ text: 'Half', revision: 0 }, { text: 'Half a thought', revision: 7, reply_to: 'm' }]);
    expect(savedDrafts.of('c')?.text).toBe('Half a thought');
    expect(savedDrafts.isOwn(kept('', 9))).toBe(true);
  });

  it('goes with the message, also what was still on its way', async () => {
    let answer: (draft: unknown) => void = () => undefined;
    vi.spyOn(api, 'put').mockReturnValueOnce(new Promise((done) => (answer = done)));
    const gone = vi.spyOn(api, 'delete').mockResolvedValue(undefined);
    savedDrafts.write('c', 'Hello');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(savedDrafts.take('c')).toBeUndefined();
    answer(kept('Hello', 3));
    await vi.runAllTimersAsync();
    expect(gone.mock.calls[0]?.[0]).toBe('/conversations/c/draft?revision=3');
    expect(savedDrafts.of('c')).toBeUndefined();
  });

  it('is read anew where another device was faster', async () => {
    vi.spyOn(api, 'put').mockRejectedValueOnce(new ApiProblem(409, { code: 'draft_changed' }, ''));
    vi.spyOn(api, 'get').mockResolvedValueOnce({ items: [kept('From the telephone', 12)] });
    savedDrafts.write('c', 'Old');
    await vi.runAllTimersAsync();
    expect(savedDrafts.of('c')?.text).toBe('From the telephone');
  });

  it('is not overtaken by an older answer', async () => {
    vi.spyOn(api, 'put').mockResolvedValueOnce(kept('Half a thought', 7)).mockRejectedValueOnce(new ApiProblem(409, { code: 'draft_changed' }, ''));
    const read = vi.spyOn(api, 'get').mockResolvedValueOnce({ items: [kept('Half', 5)] });
    savedDrafts.write('c', 'Half a thought');
    await vi.runAllTimersAsync();
    savedDrafts.write('c', 'Half a thought more');
    await vi.runAllTimersAsync();
    expect(read).toHaveBeenCalledOnce();
    expect(savedDrafts.of('c')?.text).toBe('Half a thought');
  });

  it('is thrown away where everything was deleted', async () => {
    vi.spyOn(api, 'put').mockResolvedValueOnce(kept('Half', 20));
    const gone = vi.spyOn(api, 'delete').mockResolvedValue(undefined);
    savedDrafts.write('c', 'Half');
    await vi.runAllTimersAsync();
    savedDrafts.write('c', ' ');
    await vi.runAllTimersAsync();
    expect(gone.mock.calls[0]?.[0]).toBe('/conversations/c/draft?revision=20');
  });
});
