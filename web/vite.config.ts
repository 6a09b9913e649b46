import { svelte } from '@sveltejs/vite-plugin-svelte';
import { svelteTesting } from './test/browser-conditions.ts';
import { groups } from './chunks.ts';
import { emojiData } from './emoji-data.ts';
import { defineConfig } from 'vitest/config';

// The content security policy allows neither inline scripts nor data: scripts, so nothing is inlined.
export default defineConfig({
  plugins: [svelte(), svelteTesting(), emojiData()],
  build: {
    // The first browsers with light-dark(), popover and :has() all together.
    target: ['chrome123', 'safari17.5', 'firefox125'],
    outDir: '../src/estafette/static',
    emptyOutDir: true,
    // The server names in its pages what they need of the app, so that it is fetched at once.
    manifest: 'modules.json',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
      },
    },
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
