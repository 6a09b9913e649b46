import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, it } from 'vitest';
import Figures from '../deliveries/Figures.svelte';
import Chart from './Chart.svelte';

let shown: ReturnType<typeof mount> | undefined;
afterEach(() => void (shown && unmount(shown)));

const days = (...counts: number[]) => counts.map((count, index) => ({ day: `2026-03-1${index}`, count }));

it('a chart without a request says what will be seen in it', () => {
  shown = mount(Chart, { target: document.body, props: { points: days(0, 0, 0), period: 'day' } });
  flushSync();
  expect(document.body.textContent).toContain('Each request will be a bar here.');
  expect(document.querySelector('rect.bar')).toBeNull();
});

it('a chart with a single request shows it', () => {
  shown = mount(Chart, { target: document.body, props: { points: days(0, 1, 0), period: 'day' } });
  flushSync();
  expect(document.body.textContent).not.toContain('Each request will be a bar here.');
  expect(document.querySelectorAll('rect.bar')).toHaveLength(3);
});

it('gateways that sent nothing say what will be seen of them', () => {
  shown = mount(Figures, { target: document.body, props: { lines: [] } });
  flushSync();
  expect(document.body.textContent).toContain('What each gateway made of its messages will be seen here.');
});
