import { describe, expect, it } from 'vitest';
import { bodyOf, emptyDraft } from './draft.ts';
import type { WhatsAppTemplate } from './types.ts';
import { filled, offered } from './whatsapp.ts';

const template = (changes: Partial<WhatsAppTemplate> = {}): WhatsAppTemplate => ({
  gateway_id: '1', name: 'ready', language: 'pt_BR', category: 'UTILITY', state: 'APPROVED', body: 'Oi {{ 1 }}, {{2}}', places: ['1', '2'], header: null, sendable: true, ...changes,
});

describe('templates of WhatsApp', () => {
  it('can be chosen when they are approved, each once', () => {
    const given = [template(), template({ gateway_id: '2' }), template({ language: 'fr', state: 'PAUSED' }), template({ name: 'link', sendable: false })];
    expect(offered(given)).toEqual([given[1]]);
  });

  it('say what was written into their places, and nothing of it is taken for a place again', () => {
    expect(filled(template(), ['{{2}}', ''])).toBe('Oi {{2}}, {{2}}');
    expect(filled(template({ body: '{{name}}!', places: ['name'] }), [' Ana '])).toBe('Ana!');
  });

  it('are sent with their language and variables, beside a text for those who may have it', () => {
    const draft = { ...emptyDraft('whatsapp'), to: '+33 6 12', from: 'x', text: 'Hi', template: 'ready', templateLanguage: 'pt_BR', variables: ['Ana ', '2'], media: [' https://a.org/x.png'] };
    expect(bodyOf(draft, 'UTC')).toEqual({
      channel: 'whatsapp', to: '+33612', text: 'Hi',
      options: { template: 'ready', template_language: 'pt_BR', variables: ['Ana', '2'], media: 'https://a.org/x.png' },
    });
    expect(bodyOf({ ...emptyDraft('whatsapp'), to: '+1', text: 'Hi' }, 'UTC')).toEqual({ channel: 'whatsapp', to: '+1', text: 'Hi' });
  });
});
