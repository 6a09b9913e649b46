/** Choices that a signed-in person takes along to other devices. */
import { api } from '../core/api.ts';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import { language, zone, type Language } from '../i18n/index.ts';

/** Switches at once; the profile follows, and a failure to store it does not undo the reader's choice here. */
export async function chooseLanguage(chosen: Language): Promise<void> {
  language.choose(chosen);
  if (!session.me || session.me.language === chosen) return;
  try {
    session.set(await api.patch<Me>('/me', { language: chosen }));
  } catch {
    language.choose(chosen);
  }
}

/** Takes over language and zone of who has just signed in. */
export function followProfile(me: Me): void {
  if (me.language !== language.current) language.choose(me.language);
  zone.choose(me.time_zone);
}
