import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { composing } from './composing.ts';

const source = join(import.meta.dirname, '..');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.test.ts'));

describe('a key of an input method', () => {
  it('is told by the event, and in Safari by its code', () => {
    expect(composing(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true }))).toBe(true);
    expect(composing(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 229 }))).toBe(true);
    expect(composing(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13 }))).toBe(false);
  });

  it('is asked for by whoever takes Enter or Escape of a field for a command, and by one rule only', () => {
    const listens = (text: string) => /onkeydown=/.test(text) && /key === '(?:Enter|Escape|\/|j)'/.test(text);
    const wrong = files.filter((file) => {
      const text = readFileSync(join(source, file), 'utf8');
      return file !== join('ui', 'composing.ts') && (text.includes('isComposing') || (listens(text) && !text.includes('composing(event)')));
    });
    expect(wrong).toEqual([]);
  });
});
