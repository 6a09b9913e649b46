import { describe, expect, it } from 'vitest';
import { Suggestions } from './suggestions.svelte.ts';

const offered = (text: string) => {
  const suggestions = new Suggestions();
  suggestions.update(text, text.length);
  const texts = suggestions.items.map((each) => each.text);
  suggestions.close();
  return texts;
};

describe('what is offered to type on', () => {
  it('keeps the minus of what is left out', () => {
    expect(offered('boat -from:m')).toEqual(['-from:me']);
    expect(offered('-mentions:')).toEqual(['-mentions:me']);
    expect(offered('-has:im')).toEqual(['-has:image']);
    expect(offered('-fro')).toEqual(['-from:']);
    expect(offered('from:m')).toEqual(['from:me']);
  });
});
