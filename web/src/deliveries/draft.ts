/** A message that is being written: what the form holds, and what of it is sent on its channel. Pure but for `again`. */
import { momentOf } from '../i18n/localTime.ts';
import type { Channel, Delivery, NewDelivery, Urgency } from './types.ts';

export interface Draft {
  channel: Channel;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  media: string[];
  /** Push: what a click opens. */
  url: string;
  /** WhatsApp: a template by name and language, and what stands in its places. */
  template: string;
  templateLanguage: string;
  variables: string[];
  when: 'now' | 'later';
  /** As `<input type="datetime-local">` has it, in the reader's zone. */
  sendAt: string;
  urgency: Urgency;
}

export const emptyDraft = (channel: Channel = 'sms'): Draft => ({
  channel, to: '', from: '', subject: '', text: '', html: '', media: [''], url: '', template: '', templateLanguage: '', variables: [], when: 'now', sendAt: '', urgency: 'normal',
});

/** Only what the channel knows and what was filled in. */
export function bodyOf(draft: Draft, zone: string): NewDelivery {
  const { channel } = draft;
  const body: NewDelivery = { channel, to: dialled(channel, draft.to), text: draft.text };
  if (channel !== 'push' && channel !== 'whatsapp' && draft.from.trim()) body.from = draft.from.trim();
  if ((channel === 'email' || channel === 'push') && draft.subject.trim()) body.subject = draft.subject.trim();
  if (channel === 'email' && draft.html.trim()) body.html = draft.html;
  const media = draft.media.map((url) => url.trim()).filter(Boolean);
  if (channel === 'mms' && media.length) body.media = media.map((url) => ({ url }));
  if (channel === 'push' && draft.url.trim()) body.options = { url: draft.url.trim() };
  if (channel === 'whatsapp') {
    const { template, templateLanguage, variables } = draft;
    const named = template ? { template, template_language: templateLanguage, ...(variables.length ? { variables: variables.map((each) => each.trim()) } : {}) } : {};
    const options = { ...named, ...(media[0] ? { media: media[0] } : {}) };
    if (Object.keys(options).length) body.options = options;
  }
  if (draft.urgency !== 'normal') body.urgency = draft.urgency;
  const at = draft.when === 'later' ? momentOf(draft.sendAt, zone) : null;
  if (at) body.send_at = at;
  return body;
}

/** What stops the form before the server is asked: a time that is missing or gone. */
export function timeFault({ when, sendAt }: Draft, zone: string, now: number): 'missing' | 'past' | null {
  if (when === 'now') return null;
  const at = momentOf(sendAt, zone);
  if (!at) return 'missing';
  return Date.parse(at) < now - 60_000 ? 'past' : null;
}

/** People write numbers with spaces and brackets, and 00 for the plus sign. */
export function dialled(channel: Channel, to: string): string {
  if (channel !== 'sms' && channel !== 'mms' && channel !== 'whatsapp') return to.trim();
  return to.replace(/[\s().\-\u00a0\u2010-\u2015/]/g, '').replace(/^00/, '+');
}

let kept: Draft | null = null;

/** Hands a message that was sent before to the form, to be sent again. */
export const again = {
  keep(delivery: Delivery): void {
    const { channel, recipient: to, sender: from, subject, text, html, media, options, urgency } = delivery;
    kept = {
      ...emptyDraft(channel), to, from, subject: subject ?? '', text, html: html ?? '', urgency,
      media: media.length ? media.map(({ url }) => url) : [options.media ?? ''], url: options.url ?? '',
      template: options.template ?? '', templateLanguage: options.template_language ?? '', variables: options.variables ?? [],
    };
  },

  take(): Draft | null {
    const draft = kept;
    kept = null;
    return draft;
  },
};
