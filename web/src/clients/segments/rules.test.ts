import { describe, expect, it } from 'vitest';
import type { Attribute, Group, Kind } from '../types.ts';
import { depthOf, isComplete, ruleAbout, subjectOf } from './rules.ts';

const attribute = (key: string, kind: Kind, choices: string[] = []): Attribute => ({ key, label: key, kind, choices, position: 1 });
const known = [attribute('city', 'text'), attribute('tier', 'choice', ['Gold']), attribute('member', 'boolean')];
const group = (...rules: Group['rules']): Group => ({ kind: 'group', match: 'all', rules });

describe('rules of a segment', () => {
  it('begin with something that can be counted at once', () => {
    for (const subject of ['consent', 'address', 'language', 'time_zone', 'communication', ...known.map(({ key }) => `attribute:${key}`)]) {
      const rule = ruleAbout(subject, known);
      expect(subjectOf(rule)).toBe(subject);
      expect(isComplete(group(rule))).toBe(true);
    }
  });

  it('are not complete without a value, nor is a group without rules', () => {
    expect(isComplete(group({ kind: 'attribute', key: 'city', comparison: 'is', value: '' }))).toBe(false);
    expect(isComplete(group({ kind: 'attribute', key: 'member', comparison: 'is', value: false }))).toBe(true);
    expect(isComplete(group(group()))).toBe(false);
    expect(isComplete(group())).toBe(true);
  });

  it('know how deep they stand', () => {
    expect(depthOf(group(group(group())))).toBe(3);
  });
});
