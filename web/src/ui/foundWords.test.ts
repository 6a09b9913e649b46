import { expect, it } from 'vitest';
import { placesOf } from './foundWords.ts';

const found = (html: string, ...words: string[]) => {
  const root = document.createElement('div');
  root.innerHTML = html;
  return placesOf(root, words).map(({ startContainer, startOffset, endOffset }) => startContainer.textContent?.slice(startOffset, endOffset));
};

it('finds words wherever they stand in what is shown, in any case', () => {
  expect(found('Two <b>BOATS</b> and two boats', 'boats')).toEqual(['BOATS', 'boats']);
  expect(found('A boat, a train', 'train', 'boat')).toEqual(['train', 'boat']);
});

it('finds nothing for nothing', () => {
  expect(found('Two boats', '')).toEqual([]);
  expect(found('Two boats')).toEqual([]);
});
