import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from './api.ts';
import { comesAsStranger, firstAnswer, forgetFirstAnswers, readAgain } from './firstAnswers.ts';

const page = (told: object) => {
  document.body.innerHTML = `<script type="application/json" id="first-answers">${JSON.stringify(told)}</script>`;
  readAgain();
};

beforeEach(() => page({ stranger: true, answers: { '/partners': { items: [], next: null } } }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
  readAgain();
});

describe('what came with the page', () => {
  it('answers once without asking the server, who is asked from then on', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('{"items":["new"]}'));
    expect(await api.get('/partners')).toEqual({ items: [], next: null });
    expect(fetched).not.toHaveBeenCalled();
    expect(await api.get('/partners')).toEqual({ items: ['new'] });
    expect(fetched).toHaveBeenCalledOnce();
  });

  it('is for the first page alone', () => {
    forgetFirstAnswers();
    expect(firstAnswer('/partners')).toBeUndefined();
  });

  it('says once that nobody is signed in', () => {
    expect(comesAsStranger()).toBe(true);
    expect(comesAsStranger()).toBe(false);
  });

  it('is not believed when the browser took the page out of its own store', () => {
    vi.stubGlobal('performance', { getEntriesByType: () => [{ transferSize: 0 }] });
    readAgain();
    expect(comesAsStranger()).toBe(false);
    expect(firstAnswer('/partners')).toBeUndefined();
  });

  it('is nothing where the page was not filled in', () => {
    document.body.innerHTML = '';
    readAgain();
    expect(comesAsStranger()).toBe(false);
    expect(firstAnswer('/partners')).toBeUndefined();
  });
});
