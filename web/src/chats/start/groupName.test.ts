import { expect, it } from 'vitest';
import { nameOf } from './groupName.ts';

it('is made of first names, as many as have room', () => {
  expect(nameOf(['Gina Rossi', ' Hugo Martin', 'Ida'])).toBe('Gina, Hugo, Ida');
  const many = nameOf(Array.from({ length: 50 }, (_, place) => `Person${place} Somebody`));
  expect(many.length).toBeLessThanOrEqual(80);
  expect(many).toMatch(/^Person0, .*…$/);
  expect(nameOf(['x'.repeat(100)])).toHaveLength(80);
});
