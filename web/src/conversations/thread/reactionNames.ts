/** Who reacted, in one line: the reader first, then those who are known by name, then how many more there are. */
import type { Reaction } from '../../core/conversationTypes.ts';
import type { Id } from '../../core/types.ts';
import { language, locales } from '../../i18n/index.ts';
import { texts } from '../texts.ts';

export function reactionNames({ people, count, mine }: Reaction, me: Id): string {
  const others = people.filter(({ id }) => id !== me).map(({ name }) => name);
  const named = [...(mine ? [texts.actions.you] : []), ...others].slice(0, 5);
  const more = Math.max(0, count - named.length);
  if (more && named.length) return texts.actions.andOthers(named.join(', '), more);
  return new Intl.ListFormat(locales[language.current]).format(named);
}
