/** Which modules go into one file: what many pages need is few files, and nobody fetches what their page does not need. */
import type { Rolldown } from 'vite';

const landing = 'src/landing/Landing.svelte';
const directory = 'src/landing/Directory.svelte';
const storefront = 'src/storefront/Storefront.svelte';
const signIn = 'src/accounts/SignIn.svelte';
/** What is around every page of signed-in people, and starts with it. */
const people = 'src/people.svelte.ts';

/** In this order: a module goes into the first that takes it; what none takes lies beside the page that needs it. */
export const groups: Rolldown.CodeSplittingGroup[] = [
  // What the page itself loads, whoever looks at it.
  { name: 'app', tags: ['$initial'], priority: 5 },
  { ...neededBy('public', [landing, directory, storefront, signIn], 2), priority: 4 },
  { ...neededBy('frame', [directory]), test: (id) => !id.includes('/landing/'), priority: 3 },
  // Only what other pages need, too: the storefront's own parts are in its own file.
  { ...neededBy('storefront', [storefront]), test: (id) => !/\/storefront\/\w+\.svelte|reactivity\/(map|set)/.test(id), priority: 3 },
  { ...neededBy('entry', [signIn]), test: (id) => !id.includes('/SignIn.svelte'), priority: 2 },
  // Without the module itself: the server finds it among those that are fetched by name.
  { ...neededBy('people', [people]), test: (id) => !id.endsWith(people), priority: 1 },
  { name: 'shared', minShareCount: 12 },
];

/** What at least so many of the modules import, one if not said otherwise, whatever is in between. */
function neededBy(name: string, modules: readonly string[], least = 1): Rolldown.CodeSplittingGroup {
  let parts: Set<string>[] | undefined;
  return {
    debugName: name,
    name(id, context) {
      parts ??= modules.map((module) => reached(module, context));
      return parts.filter((part) => part.has(id)).length >= least ? name : null;
    },
  };
}

function reached(source: string, context: Rolldown.ChunkingContext): Set<string> {
  const found = new Set<string>();
  const left = [`${import.meta.dirname}/${source}`];
  for (let id = left.pop(); id; id = left.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    left.push(...(context.getModuleInfo(id)?.importedIds ?? []));
  }
  return found;
}
