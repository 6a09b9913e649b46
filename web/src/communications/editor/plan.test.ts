import { describe, expect, it } from 'vitest';
import { changesOf, freshPlan, missingLanguages, textOf, withText, written } from './plan.ts';
import { problemsOf, stepOf } from './problems.ts';

const now = Date.parse('2026-12-01T09:00:00Z');
const plan = freshPlan('en');
const said = withText(plan.content, 'en', 'email', { subject: 'Hello', text: 'Dear **{{ name }}**' });

describe('a plan', () => {
  it('keeps what is said by language and channel, and nothing that is empty', () => {
    expect(textOf(said, 'fr', 'sms').text).toBe('');
    expect(missingLanguages(said, 'email')).toEqual(['fr', 'pt', 'ru']);
    expect(withText(said, 'en', 'email', { subject: '', text: '' }).texts).toEqual({});
    expect(written(withText(said, 'fr', 'email', { subject: 'Bonjour', text: '' }), 'fr', 'email')).toBe('begun');
  });

  it('sends only what is different', () => {
    expect(changesOf(plan, { ...plan, content: said })).toEqual({ content: said });
    expect(changesOf(plan, { ...plan, content: { ...plan.content } })).toEqual({});
  });

  it('says what is missing, and in which step', () => {
    expect(problemsOf(plan, now).map(({ step, code }) => `${step} ${code}`)).toEqual(['audience nobody', 'texts no_text']);
    const whole = { ...plan, audience: { kind: 'everyone' as const }, content: said };
    expect(problemsOf(whole, now)).toEqual([]);
    expect(problemsOf({ ...whole, channels: ['push'] }, now).map(({ code }) => code)).toEqual(['push_only', 'no_text']);
    const late = { ...whole.schedule, local_time: '2026-12-01T09:30:00', zone: 'Europe/Paris' };
    expect(problemsOf({ ...whole, schedule: late }, now).map(({ code }) => code)).toEqual(['past']);
    // Somewhere it is still to come.
    expect(problemsOf({ ...whole, schedule: { ...late, of_client: true } }, now)).toEqual([]);
    const begun = withText(said, 'fr', 'email', { subject: 'Bonjour', text: '' });
    expect(problemsOf({ ...whole, content: begun }, now).map(({ code }) => code)).toEqual(['unfinished_text']);
  });

  it('shows the errors of the server in the step of their field', () => {
    expect(['audience.ids', 'channels', 'schedule.step_after', 'content.texts.en.sms.text', 'schedule.local_time', 'other'].map(stepOf)).toEqual(
      ['audience', 'channels', 'channels', 'texts', 'time', 'check'],
    );
  });
});
