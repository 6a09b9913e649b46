/** A plan while it is written: how it begins, what is said where, and what of it is not saved. Pure. */
import type { LanguageCode } from '../../core/types.ts';
import { languages } from '../../i18n/index.ts';
import type { Audience, Channel, Communication, Content, EmailText, Plan, PushText, Schedule, SmsText, Texts, WhatsAppText } from '../types.ts';

export const AT_ONCE: Schedule = {
  send_at: null,
  local_time: null,
  zone: null,
  of_client: false,
  per_minute: null,
  quiet: null,
  expires_after: null,
  step_after: 3600,
  error_limit: 20,
};

/** Nobody is chosen yet. */
export const NOBODY: Audience = { kind: 'clients', ids: [] };
export const isNobody = (audience: Audience) => audience.kind === 'clients' && audience.ids.length === 0;

export const freshPlan = (language: LanguageCode, schedule: Schedule = AT_ONCE): Plan => ({
  name: '',
  kind: 'campaign',
  channels: ['email'],
  mode: 'together',
  content: { default_language: language, texts: {} },
  audience: NOBODY,
  schedule,
});

export const planOf = ({ name, kind, channels, mode, content, audience, schedule }: Communication): Plan => ({ name, kind, channels, mode, content, audience, schedule });

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);
const CHANGING = ['name', 'channels', 'mode', 'content', 'audience', 'schedule'] as const;

/** What is different now; empty when nothing is. */
export function changesOf(before: Plan, now: Plan): Partial<Plan> {
  return Object.fromEntries(CHANGING.filter((each) => !same(before[each], now[each])).map((each) => [each, now[each]]));
}

export interface TextOf {
  email: EmailText;
  sms: SmsText;
  whatsapp: WhatsAppText;
  push: PushText;
}

const EMPTY: TextOf = {
  email: { subject: '', text: '' },
  sms: { text: '' },
  whatsapp: { template: null, variables: [], text: null, media: null },
  push: { title: '', text: '', url: '/' },
};

/** What is said on a channel in a language; empty where nothing is. */
export function textOf<C extends Channel>(content: Content, language: LanguageCode, channel: C): TextOf[C] {
  return (content.texts[language]?.[channel] as TextOf[C] | null | undefined) ?? EMPTY[channel];
}

/** The content with another text in one place; an empty one is none. */
export function withText<C extends Channel>(content: Content, language: LanguageCode, channel: C, text: TextOf[C]): Content {
  const kept: Texts = { ...content.texts[language], [channel]: same(text, EMPTY[channel]) ? null : text };
  const { [language]: _, ...others } = content.texts;
  const texts = Object.values(kept).some(Boolean) ? { ...others, [language]: kept } : others;
  return { ...content, texts };
}

const FILLED: { [C in Channel]: (text: TextOf[C]) => boolean } = {
  email: ({ subject, text }) => Boolean(subject.trim() && text.trim()),
  sms: ({ text }) => Boolean(text.trim()),
  whatsapp: ({ template, variables, text }) => Boolean(template ? variables.every((each) => each.trim()) : text?.trim()),
  push: ({ title, text }) => Boolean(title.trim() && text.trim()),
};

/** Whether a channel has something to say in a language: all, some or nothing of it. */
export function written<C extends Channel>(content: Content, language: LanguageCode, channel: C): 'whole' | 'begun' | 'nothing' {
  const text = textOf(content, language, channel);
  if (same(text, EMPTY[channel])) return 'nothing';
  return (FILLED[channel] as (text: TextOf[C]) => boolean)(text) ? 'whole' : 'begun';
}

/** The languages in which a channel says nothing, so that it speaks the default one to those who read them. */
export const missingLanguages = (content: Content, channel: Channel): LanguageCode[] => languages.filter((each) => written(content, each, channel) === 'nothing');
