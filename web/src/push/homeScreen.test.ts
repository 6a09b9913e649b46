import { expect, it } from 'vitest';
import { stepTo } from './homeScreen.ts';

const iPhone = (version: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS ${version} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1`;
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15';
const linux = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

it('is the home screen for an iPhone or iPad in its browser', () => {
  expect(stepTo(false, { userAgent: iPhone('16_4'), maxTouchPoints: 5, standalone: false })).toBe('add');
  expect(stepTo(false, { userAgent: iPhone('18_1_1'), maxTouchPoints: 5, standalone: false })).toBe('add');
  expect(stepTo(false, { userAgent: mac, maxTouchPoints: 5, standalone: false })).toBe('add');
});

it('is a newer system where the home screen does not help', () => {
  expect(stepTo(false, { userAgent: iPhone('16_3'), maxTouchPoints: 5, standalone: false })).toBe('update');
  expect(stepTo(false, { userAgent: iPhone('15_8'), maxTouchPoints: 5, standalone: true })).toBe('update');
  expect(stepTo(false, { userAgent: mac, maxTouchPoints: 5, standalone: true })).toBe('update');
});

it('is nothing for all others, and once push is there', () => {
  expect(stepTo(true, { userAgent: iPhone('17_0'), maxTouchPoints: 5, standalone: true })).toBeNull();
  expect(stepTo(false, { userAgent: mac, maxTouchPoints: 0 })).toBeNull();
  expect(stepTo(false, { userAgent: linux, maxTouchPoints: 10 })).toBeNull();
});
