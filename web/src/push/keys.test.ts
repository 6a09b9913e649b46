import { describe, expect, it } from 'vitest';
import { keyBytes, sameKey } from './keys.ts';

describe('a key of a push service', () => {
  it('is read from base64url without padding', () => {
    expect([...keyBytes('_-8')]).toEqual([255, 239]);
  });
  it('is the same or another one; a browser that does not say is believed', () => {
    expect(sameKey(keyBytes('AQID').buffer, 'AQID')).toBe(true);
    expect(sameKey(keyBytes('AQIE').buffer, 'AQID')).toBe(false);
    expect(sameKey(null, 'AQID')).toBe(true);
  });
});
