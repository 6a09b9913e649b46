/** Where large files that are not wholly up go on: their addresses, kept in this browser per person. */
import { names, set } from './drafts.ts';

const PREFIX = 'estafette.upload.';

export const uploadPlaces = {
  nameFor: (person: string, source: File, name: string): string => `${PREFIX}${person}.${source.size}.${source.lastModified}.${name}`,

  /** Forgets all that the person had begun. */
  clear(person: string): void {
    for (const name of names(`${PREFIX}${person}.`)) set(name, null);
  },
};
