import { expect, it } from 'vitest';
import { currencyOf, decimal, pricesOf, typedOf } from './prices.ts';

it('prices are read with a comma or a point, and nothing else is one', () => {
  expect(['0,045', ' 0.045 ', '10000', '7'].map(decimal)).toEqual(['0.045', '0.045', '10000', '7']);
  expect(['-1', '1e3', '10001', '0.0000001', 'x', ''].map(decimal)).toEqual(Array(6).fill(null));
});

it('empty fields have no price, and a wrong one keeps all from being stored', () => {
  const typed = { email: '', sms: '0,05', whatsapp: ' ', push: '' };
  expect(pricesOf(typed, 'BRL')).toEqual([{ channel: 'sms', currency: 'BRL', price: '0.05' }]);
  expect(typedOf(pricesOf(typed, 'BRL')!)).toEqual({ email: '', sms: '0.05', whatsapp: '', push: '' });
  expect(pricesOf({ ...typed, email: 'free' }, 'BRL')).toBeNull();
});

it('begins with a currency that is usual there', () => {
  expect([currencyOf([], 'pt'), currencyOf([], 'fr'), currencyOf([{ channel: 'sms', currency: 'CHF', price: '1' }], 'ru')]).toEqual(['BRL', 'EUR', 'CHF']);
});
