/** Where the reader is, where links lead, and where somebody starts. */
export { home } from './home.ts';
export { paths, safeNext } from './paths.ts';
export { router } from './router.svelte.ts';
export { safeHref } from './safeHref.ts';
