import { expect, it } from 'vitest';
import { mayChange, rolesToGive } from './rights.ts';

it('lets owners change everybody, moderators members and readers, others nobody', () => {
  expect(rolesToGive('owner', 'owner')).toEqual(['moderator', 'member', 'reader']);
  expect(rolesToGive('moderator', 'member')).toEqual(['moderator', 'reader']);
  expect(rolesToGive('moderator', 'owner')).toEqual([]);
  expect(rolesToGive('member', 'reader')).toEqual([]);
  expect([mayChange('moderator', 'moderator'), mayChange('moderator', 'reader'), mayChange(null, 'reader')]).toEqual([false, true, false]);
});
