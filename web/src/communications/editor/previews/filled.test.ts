import { expect, it } from 'vitest';
import { filled } from './filled.ts';

it('a template is read with what stands in its places, by number or by name', () => {
  expect(filled({ body: 'Dear {{1}}, table {{2}} for {{1}}.', places: ['1', '2'] }, ['Zoé', ''])).toBe('Dear Zoé, table {{2}} for Zoé.');
  expect(filled({ body: 'Code {{ code }}', places: ['code'] }, ['42 {{1}}'])).toBe('Code 42 {{1}}');
});
