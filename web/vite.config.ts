import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from './test/browser-conditions.ts';
import { defineConfig } from 'vitest/config';

// The content security policy allows neither inline scripts nor data: scripts, so nothing is inlined.
export default defineConfig({
  plugins: [svelte(), svelteTesting()],
  build: {
    // The first browsers with light-dark(), popover and :has() all together.
    target: ['chrome123', 'safari17.5', 'firefox125'],
    outDir: '../src/estafette/static',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  // Patient enough for a slow machine: what never comes fails a minute later.
  test: {
    environment: 'jsdom',
    // jsdom takes a second to load: once for each worker, not for each file. Each file still has a window of its own.
    pool: 'vmThreads',
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
