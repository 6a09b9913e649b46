import { describe, expect, it } from 'vitest';
import { buildPath, matchPath } from './patterns.ts';

describe('patterns', () => {
  it('read named segments and unescape them', () => {
    expect(matchPath('/inbox/{partner}/{conversation}', '/inbox/a%20b/c')).toEqual({ partner: 'a b', conversation: 'c' });
  });
  it('do not match other lengths, other fixed segments or broken escapes', () => {
    expect(matchPath('/messages/{conversation}', '/messages')).toBeNull();
    expect(matchPath('/messages/{conversation}', '/letters/1')).toBeNull();
    expect(matchPath('/messages/{conversation}', '/messages/%E0%A4%A')).toBeNull();
  });
  it('build paths with escaped values', () => {
    expect(buildPath('/partner/{id}', { id: 'a/b' })).toBe('/partner/a%2Fb');
  });
});
