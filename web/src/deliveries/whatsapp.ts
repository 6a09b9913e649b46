/** Templates of WhatsApp: which can be chosen, and what they say with their variables. Pure. */
import type { WhatsAppTemplate } from './types.ts';

type Named = Pick<WhatsAppTemplate, 'name' | 'language'>;

export const keyOf = ({ name, language }: Named): string => `${name} ${language}`;

/** Those that can be sent, each once however many gateways have it. */
export function offered(templates: WhatsAppTemplate[]): WhatsAppTemplate[] {
  const usable = templates.filter(({ state, sendable }) => state === 'APPROVED' && sendable);
  return [...new Map(usable.map((each) => [keyOf(each), each])).values()];
}

/** The body with what was written into its places; an empty place stays as it is. */
export function filled({ body, places }: Pick<WhatsAppTemplate, 'body' | 'places'>, variables: string[]): string {
  return body.replace(/\{\{\s*(\w+)\s*\}\}/g, (place, name: string) => variables[places.indexOf(name)]?.trim() || place);
}
