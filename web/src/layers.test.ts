import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layers } from './layers.ts';

const root = import.meta.dirname;
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|svelte)$/.test(file));

/** `from '…'`, `import '…'` and `import('…')`, types too: a type from above is a dependency like any other. */
const IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;
const imports = files.flatMap((file) => [...read(file).matchAll(IMPORT)].map(([, path]) => ({ file, target: normalize(join(dirname(file), path!)) })));
const inside = imports.filter(({ target }) => !target.startsWith('..'));
const outside = imports.filter(({ target }) => target.startsWith('..'));

/** The folder of a file right below `src`; '.' for one that lies there itself. */
const folderOf = (file: string) => (file.includes('/') ? file.slice(0, file.indexOf('/')) : '.');
const levelOf = (folder: string) => layers.findIndex((line) => line.includes(folder));

describe('the layers of the web app', () => {
  it('name every folder, and none that is not there', () => {
    const there = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(layers.flat().sort()).toEqual(['.', ...there.map(({ name }) => name)].sort());
  });

  it('import downwards only, and no neighbour', () => {
    const wrong = inside.filter(({ file, target }) => {
      const [from, to] = [folderOf(file), folderOf(target)];
      return from !== to && levelOf(to) <= levelOf(from);
    });
    expect(wrong.map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });

  it('hold no cycle of folders, however deep they lie', () => {
    expect(cycleOf(folders())).toBeNull();
  });

  it('leave the source folder in tests only', () => {
    expect(outside.filter(({ file }) => !file.endsWith('.test.ts')).map(({ file, target }) => `${file} imports ${target}`)).toEqual([]);
  });
});

/** Folders beside each other, such as `ui` and `core` or `core/feed` and `core/live`: which import which, and where. */
function folders(): Map<string, Map<string, string>> {
  const graph = new Map<string, Map<string, string>>();
  for (const { file, target } of inside) {
    const [here, there] = [dirname(file).split('/'), dirname(target).split('/')];
    const parted = here.findIndex((name, depth) => name !== there[depth]);
    if (parted < 0 || parted >= there.length) continue;
    const [from, to] = [here, there].map((path) => path.slice(0, parted + 1).join('/')) as [string, string];
    graph.set(from, (graph.get(from) ?? new Map<string, string>()).set(to, `${file} imports ${target}`));
  }
  return graph;
}

/** The imports that lead around in a circle, or null. */
function cycleOf(graph: Map<string, Map<string, string>>): string[] | null {
  const done = new Set<string>();
  function walk(folder: string, path: string[], way: string[]): string[] | null {
    if (path.includes(folder)) return way.slice(path.indexOf(folder));
    if (done.has(folder)) return null;
    for (const [next, by] of graph.get(folder) ?? []) {
      const found = walk(next, [...path, folder], [...way, by]);
      if (found) return found;
    }
    done.add(folder);
    return null;
  }
  for (const folder of graph.keys()) {
    const found = walk(folder, [], []);
    if (found) return found;
  }
  return null;
}
