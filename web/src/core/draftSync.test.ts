import { describe, expect, it } from 'vitest';
import { settle, type LocalDraft } from './draftSync.ts';

const noon = Date.parse('2026-12-01T12:00:00Z');
const saved = (text: string, revision: number, reply_to: string | null = null) => ({ conversation_id: 'c', text, reply_to, quoted: null, revision, changed_at: '2026-12-01T12:00:00Z' });
const local = (text: string, more: Partial<LocalDraft> = {}): LocalDraft => ({ text, reply: null, revision: 0, at: 0, dirty: false, ...more });

describe('what was begun', () => {
  it('on another device goes on here', () => {
    expect(settle(local(''), saved('Half a thought', 1), false)).toBe('take');
    expect(settle(local('Half', { revision: 1 }), saved('Half a thought', 2), false)).toBe('take');
  });

  it('here is stored, also when nobody was there to take it', () => {
    expect(settle(local('Half', { dirty: true }), undefined, false)).toBe('save');
    expect(settle(local('Kept by an earlier version'), undefined, false)).toBe('save');
    expect(settle(local('Half a thought', { revision: 1, dirty: true }), saved('Half', 1), false)).toBe('save');
  });

  it('and sent from another device is gone here', () => {
    expect(settle(local('Half a thought', { revision: 3 }), undefined, false)).toBe('take');
  });

  it('in an older page overwrites nothing newer', () => {
    expect(settle(local('Old', { revision: 1, dirty: true, at: noon - 1 }), saved('New', 2), false)).toBe('take');
  });

  it('stays where one types later than the other device did', () => {
    expect(settle(local('Newest', { revision: 1, dirty: true, at: noon + 1 }), saved('New', 2), false)).toBe('save');
  });

  it('is not taken back by the answer to an earlier part of it', () => {
    expect(settle(local('Half a thought', { revision: 1, dirty: true, at: noon - 1 }), saved('Half', 2), true)).toBe('save');
  });

  it('as a reply is another one than the same words without it', () => {
    expect(settle(local('Same', { revision: 1 }), saved('Same', 2, 'm'), false)).toBe('take');
    expect(settle(local('Same', { revision: 1, dirty: true, reply: 'm' }), saved('Same', 1), false)).toBe('save');
    expect(settle(local('Same', { dirty: true, reply: 'm' }), saved('Same', 1, 'm'), false)).toBe('same');
  });

  it('equal on both sides is left alone', () => {
    expect(settle(local('Same', { dirty: true }), saved('Same', 4), false)).toBe('same');
    expect(settle(local(' '), undefined, false)).toBe('same');
  });
});
