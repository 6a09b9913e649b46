/** Rules of a segment as they are made and changed in the builder. Pure. */
import type { Attribute, Comparison, Group, Kind, Rule } from '../types.ts';

export const comparisons: Record<Kind, Comparison[]> = {
  text: ['is', 'is_not', 'contains', 'known', 'unknown'],
  choice: ['is', 'is_not', 'known', 'unknown'],
  number: ['is', 'is_not', 'less', 'greater', 'known', 'unknown'],
  date: ['is', 'is_not', 'less', 'greater', 'known', 'unknown'],
  boolean: ['is', 'known', 'unknown'],
};

export const takesValue = (comparison: Comparison) => comparison !== 'known' && comparison !== 'unknown';

/** A rule about `subject`: an attribute by `attribute:` and its key, or a kind of rule. */
export function ruleAbout(subject: string, attributes: Attribute[]): Rule {
  if (subject === 'consent') return { kind: 'consent', channel: 'email', state: 'given' };
  if (subject === 'address') return { kind: 'address', channel: 'email', present: true };
  if (subject === 'language') return { kind: 'language', values: ['en'] };
  if (subject === 'time_zone') return { kind: 'time_zone', values: [null] };
  if (subject === 'communication') return { kind: 'communication', outcome: 'received', communication_id: null, channel: null, days: 30 };
  const attribute = attributes.find(({ key }) => subject === `attribute:${key}`);
  const first = attribute?.kind === 'boolean' ? true : attribute?.kind === 'choice' ? (attribute.choices[0] ?? '') : null;
  return { kind: 'attribute', key: attribute?.key ?? '', comparison: first === null ? 'known' : 'is', value: first };
}

export const subjectOf = (rule: Rule) => (rule.kind === 'attribute' ? `attribute:${rule.key}` : rule.kind);

/** Whether every rule says what it needs, so that it can be counted. */
export function isComplete(group: Group): boolean {
  return group.rules.every((rule) => {
    if (rule.kind === 'group') return rule.rules.length > 0 && isComplete(rule);
    return rule.kind !== 'attribute' || !takesValue(rule.comparison) || (rule.value !== null && rule.value !== undefined && rule.value !== '');
  });
}

export const depthOf = (group: Group): number => 1 + Math.max(0, ...group.rules.map((rule) => (rule.kind === 'group' ? depthOf(rule) : 0)));
