import { expect, it } from 'vitest';
import { letterOf } from './letters.ts';

const html = `<!doctype html><html><head><meta http-equiv="refresh" content="0"><style>p { color: black } @media (prefers-color-scheme: dark) { p { color: white } }</style></head>
<body style="margin: 0"><p>Dear Zoé</p><a href="https://example.com">Menu</a><script>alert(1)</script></body></html>`;

it('a letter stands without scripts and ways out, and answers at once by which scheme it is read', () => {
  const [light, dark] = [letterOf(html, 'light'), letterOf(html, 'dark')];
  expect(light.html).not.toMatch(/script|style=|<style|href|refresh/);
  expect(light.html).toContain('data-look="margin: 0"');
  expect(light.html).toContain('Dear Zoé');
  expect(light.css).toContain('@media (max-width: 0) { p { color: white } }');
  expect(dark.css).toContain('@media (min-width: 0) { p { color: white } }');
});
