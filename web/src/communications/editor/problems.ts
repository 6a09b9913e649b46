/** What keeps a plan from being scheduled, by the step in which it is put right. Pure. */
import { ApiProblem } from '../../core/problem.ts';
import { momentOf } from '../../i18n/localTime.ts';
import type { Channel, Plan } from '../types.ts';
import { isNobody, written } from './plan.ts';

export const steps = ['audience', 'channels', 'texts', 'time', 'check'] as const;
export type Step = (typeof steps)[number];

export type ProblemCode = 'nobody' | 'no_channel' | 'short_ladder' | 'subscribers_only' | 'push_only' | 'no_text' | 'unfinished_text' | 'past';
export interface Problem {
  step: Step;
  code: ProblemCode;
  channel?: Channel;
}

const A_MINUTE = 60_000;

export function problemsOf(plan: Plan, now: number): Problem[] {
  const { channels, audience, content, schedule } = plan;
  const found: Problem[] = [];
  if (isNobody(audience)) found.push({ step: 'audience', code: 'nobody' });
  if (!channels.length) found.push({ step: 'channels', code: 'no_channel' });
  if (plan.mode === 'ladder' && channels.length < 2) found.push({ step: 'channels', code: 'short_ladder' });
  const pushAlone = channels.length === 1 && channels[0] === 'push';
  if (audience.kind === 'subscribers' && channels.length && !pushAlone) found.push({ step: 'channels', code: 'subscribers_only' });
  if (audience.kind !== 'subscribers' && pushAlone) found.push({ step: 'channels', code: 'push_only' });
  for (const channel of channels) {
    const state = written(content, content.default_language, channel);
    if (state === 'nothing') found.push({ step: 'texts', code: 'no_text', channel });
    const begun = Object.keys(content.texts).some((language) => written(content, language as 'en', channel) === 'begun');
    if (begun) found.push({ step: 'texts', code: 'unfinished_text', channel });
  }
  const at = schedule.local_time && !schedule.of_client ? momentOf(schedule.local_time.slice(0, 16), schedule.zone ?? 'UTC') : schedule.send_at;
  if (at && Date.parse(at) < now - A_MINUTE) found.push({ step: 'time', code: 'past' });
  return found;
}

/** Where a field of the server is in the editor. */
export function stepOf(field: string): Step {
  if (field.startsWith('audience')) return 'audience';
  if (field.startsWith('channels') || field === 'mode' || field === 'schedule.step_after') return 'channels';
  if (field.startsWith('content')) return 'texts';
  if (field.startsWith('schedule') || field === 'send_at') return 'time';
  return field === 'name' ? 'audience' : 'check';
}

export interface Refusal {
  step: Step;
  field: string;
  message: string;
  /** Some of the clients of whom it is true, and of how many it is. */
  clients: string[];
  count: number;
}

/** What the server found wrong, by the step of each field. */
export function refused(error: unknown): Refusal[] {
  if (!(error instanceof ApiProblem)) return [];
  return error.errors.map(({ field, message, values = {} }) => ({
    step: stepOf(field),
    field,
    message,
    clients: Array.isArray(values.ids) ? values.ids.map(String) : [],
    count: Number(values.count ?? 0),
  }));
}
