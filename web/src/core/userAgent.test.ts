import { expect, it } from 'vitest';
import { deviceOf } from './userAgent.ts';

it('names browser and system of a user agent', () => {
  const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
  const safari = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';
  expect(deviceOf(chrome)).toEqual({ browser: 'Chrome', system: 'Linux', handheld: false });
  expect(deviceOf(`${chrome} Edg/156.0`)).toMatchObject({ browser: 'Edge' });
  expect(deviceOf(safari)).toEqual({ browser: 'Safari', system: 'iPhone', handheld: true });
  expect(deviceOf(null)).toEqual({ browser: null, system: null, handheld: false });
});
