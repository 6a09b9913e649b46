import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.svelte'));

describe('links to the documentation', () => {
  it('lead to chapters that are there', () => {
    const named = pages.flatMap((name) => [...readFileSync(join(root, name), 'utf8').matchAll(/ chapter="([\w-]+)"/g)].map((found) => found[1]));
    const written = readdirSync(join(root, '../../docs')).map((name) => name.replace('.md', ''));
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((chapter) => !written.includes(chapter ?? ''))).toEqual([]);
  });
});
