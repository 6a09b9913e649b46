import { afterEach, describe, expect, it } from 'vitest';
import { accounts } from './accounts/texts/index.ts';
import { usage } from './accounts/usage/texts.ts';
import { administration } from './administration/texts.ts';
import { adverts } from './adverts/texts.ts';
import { texts as conversations } from './conversations/texts.ts';
import { texts as deliveries } from './deliveries/texts/index.ts';
import { texts as gateways } from './gateways/texts/index.ts';
import { common } from './i18n/common.ts';
import { language, languages } from './i18n/index.ts';
import { landing } from './landing/texts.ts';
import { connection } from './layout/connectionTexts.ts';
import { pages } from './layout/texts.ts';
import { texts as notifications } from './notifications/texts/index.ts';
import { partners } from './partners/texts.ts';
import { texts as push } from './push/texts.ts';
import { texts as requests } from './requests/texts/index.ts';
import { shell } from './shell/texts.ts';
import { texts as storefront } from './storefront/texts.ts';
import { validity } from './ui/validity.ts';

afterEach(() => language.choose('en'));

describe('texts', () => {
  const areas = { accounts, administration, adverts, common, connection, conversations, deliveries, gateways, landing, notifications, pages, partners, push, requests, shell, storefront, usage, validity };
  for (const [area, tree] of Object.entries(areas)) {
    it(`of ${area} are complete and translated`, () => {
      const english = leaves(tree);
      for (const code of languages) {
        language.choose(code);
        const here = leaves(tree);
        expect([...here.keys()]).toEqual([...english.keys()]);
        for (const [key, text] of here) expect(text.trim(), `${code} ${key}`).not.toBe('');
        // Those without a letter only put together what they are handed.
        if (code === 'ru') expect([...here].filter(([, text]) => /\p{L}/u.test(text) && !/[а-яё]/i.test(text))).toEqual([]);
      }
    });
  }
});

/** All texts of an area by their path; functions are called with a number or a name. */
function leaves(tree: object, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    if (typeof value === 'string') found.set(path + key, value);
    else if (typeof value === 'function') found.set(path + key, (value as (...values: unknown[]) => string)(2, 'Анна'));
    else for (const [inner, text] of leaves(value as object, `${path}${key}.`)) found.set(inner, text);
  }
  return found;
}
