import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = import.meta.dirname;
/** What is there at once, by `import … from '…'` and `export … from '…'`; neither types nor what `import('…')` fetches later. */
const STATIC = /^\s*(?:import|export)\s+(?!type\b)(?:[^'"();]*\sfrom\s+)?['"](\.[^'"]+)['"]/gm;

/** Only signed-in people need these: `people.svelte.ts` fetches them, or a page of theirs. */
const FOR_PEOPLE = [
  /^(chats|clients|colleagues|communications|deliveries|documents|emoji|files|gateways|notifications|presence|search)\//,
  /^core\/(bell|countsFeed|draftSync|newRequests|savedDrafts|start)\./,
  /^core\/(feed|live|outbox)\//,
  /^conversations\/(composer|later|list|thread|threads)\//,
  /^conversations\/mentions\/(?!markup\.ts)/,
  /^conversations\/texts/,
  /^accounts\/texts\/(index|profile|sessions|tokens)\./,
  /^adverts\/texts\./,
  /^people\./,
];

/** Every file that one loads, with the one that imports it. */
function loadedBy(file: string): Map<string, string | null> {
  const found = new Map<string, string | null>([[file, null]]);
  for (const each of found.keys()) {
    if (!/\.(ts|svelte)$/.test(each)) continue;
    for (const [, path] of readFileSync(join(root, each), 'utf8').matchAll(STATIC)) {
      const target = normalize(join(dirname(each), path!));
      if (!found.has(target)) found.set(target, each);
    }
  }
  return found;
}

function chain(loaded: Map<string, string | null>, file: string): string {
  const way = [file];
  for (let above = loaded.get(file); above; above = loaded.get(above)) way.push(above);
  return way.reverse().join(' → ');
}

describe('a stranger loads nothing that only signed-in people need', () => {
  it.each([
    ['with every page', 'main.ts'],
    ['with the landing page', 'landing/Landing.svelte'],
    ['with the directory', 'landing/Directory.svelte'],
    ['with a storefront', 'storefront/Storefront.svelte'],
    ['with the sign-in', 'accounts/SignIn.svelte'],
  ])('%s', (_, file) => {
    const loaded = loadedBy(file);
    expect([...loaded.keys()].filter((each) => !existsSync(join(root, each)))).toEqual([]);
    expect([...loaded.keys()].filter((each) => FOR_PEOPLE.some((part) => part.test(each))).map((each) => chain(loaded, each))).toEqual([]);
  });

  it('which all comes with the part for people', () => {
    const loaded = [...loadedBy('people.svelte.ts').keys()];
    for (const each of ['core/live/live.svelte.ts', 'core/outbox/index.ts', 'presence/presences.svelte.ts', 'shell/Navigation.svelte']) expect(loaded).toContain(each);
  });
});
