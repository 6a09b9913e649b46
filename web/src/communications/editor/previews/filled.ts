/** A template of WhatsApp with what stands in its places. Pure. */
import type { Template } from '../../types.ts';

/** Places are written `{{1}}` or `{{name}}`; one that nothing stands in stays as it is. */
export function filled({ body, places }: Pick<Template, 'body' | 'places'>, variables: readonly string[]): string {
  return body.replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (whole, place: string) => variables[places.indexOf(place)] || whole);
}
