import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { accounts } from './accounts/texts/index.ts';
import { usage } from './accounts/usage/texts.ts';
import { administration } from './administration/texts.ts';
import { adverts } from './adverts/texts.ts';
import { texts as chats } from './chats/texts.ts';
import { texts as conversations } from './conversations/texts.ts';
import { texts as deliveries } from './deliveries/texts/index.ts';
import { texts as documents } from './documents/texts/index.ts';
import { texts as emoji } from './emoji/texts.ts';
import { texts as gateways } from './gateways/texts/index.ts';
import { common } from './i18n/common.ts';
import { language, languages } from './i18n/index.ts';
import { landing } from './landing/texts.ts';
import { connection } from './layout/connectionTexts.ts';
import { pages } from './layout/texts.ts';
import { texts as notifications } from './notifications/texts/index.ts';
import { partners } from './partners/texts.ts';
import { newsTexts as news } from './push/newsTexts.ts';
import { texts as push } from './push/texts.ts';
import { texts as requests } from './requests/texts/index.ts';
import { shell } from './shell/texts.ts';
import { texts as storefront } from './storefront/texts.ts';
import { validity } from './ui/validity.ts';

afterEach(() => language.choose('en'));

describe('texts', () => {
  const areas = { accounts, administration, adverts, chats, common, connection, conversations, deliveries, documents, emoji, gateways, landing, news, notifications, pages, partners, push, requests, shell, storefront, usage, validity };
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

describe('components', () => {
  it('hold no words themselves: those would be in one language', () => {
    const root = import.meta.dirname;
    const components = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.svelte'));
    expect(components.length).toBeGreaterThan(100);
    expect(components.flatMap((file) => wordsIn(readFileSync(join(root, file), 'utf8')).map((words) => `${file}: ${words}`))).toEqual([]);
  });

  it('would be found out', () => {
    expect(wordsIn('<p class="a">{texts.hello} Hello</p>')).toEqual(['Hello']);
    expect(wordsIn('<Button label="Send it" onclick={() => go()}>{texts.send}</Button>')).toEqual(['Send it']);
    expect(wordsIn('<script>const a = "x";</script>{#if a > 2}<b title={a}>{a}</b>{/if}<style>b { color: red; }</style>')).toEqual([]);
  });
});

/** The words that stand in the markup of a component, between tags or in attributes that are read. */
function wordsIn(component: string): string[] {
  let markup = component.replace(/<(script|style)[^]*?<\/\1>|<!--[^]*?-->/g, '');
  for (let former = ''; former !== markup; ) [former, markup] = [markup, markup.replace(/\{[^{}]*\}/g, '')];
  const between = [...markup.matchAll(/>([^<>]*)(?=<)/g)];
  const read = [...markup.matchAll(/\s(?:aria-label|title|placeholder|alt|label|help|text|verb)="([^"]*)"/g)];
  // The name of the product, an abbreviation, and the beginnings of addresses are the same everywhere.
  const everywhere = /^(Estafette|IP|https:\/\/|\/messages)$/;
  return [...between, ...read].map(([, words]) => words!.trim()).filter((words) => /\p{L}{2}/u.test(words) && !everywhere.test(words));
}

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
