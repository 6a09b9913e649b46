/**
 * Texts of one area in four languages. English gives the shape; a key that another language lacks, or has too many, is a
 * type error. A text is a string, or a function of what varies in it:
 *
 *   export const texts = defineTexts({
 *     en: { title: 'Sessions', ended: (n: number) => plural.en(n, { one: '# session ended', other: '# sessions ended' }) },
 *     fr: { … }, pt: { … }, ru: { … },
 *   });
 *   texts.title            // in the reader's language, reactive in a template, `$derived` or `$effect`
 */
import { language, type Language } from './language.svelte.ts';

export type Text = string | ((...values: never[]) => string);
export interface TextTree {
  [key: string]: Text | TextTree;
}

/** The same keys, each a text of the same kind. */
export type SameTexts<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...values: infer Values) => string
      ? (...values: Values) => string
      : SameTexts<T[K]>;
};

export function defineTexts<T extends TextTree>(
  texts: { en: T } & Record<Exclude<Language, 'en'>, SameTexts<NoInfer<T>>>,
): SameTexts<T> {
  let french: TextTree | undefined;
  const spoken = () => (language.current === 'fr' ? (french ??= heldTogether(texts.fr as TextTree)) : texts[language.current]);
  return new Proxy({} as SameTexts<T>, {
    get: (_, key) => (spoken() as Record<PropertyKey, unknown>)[key],
    has: (_, key) => key in texts.en,
    ownKeys: () => Reflect.ownKeys(texts.en),
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  });
}

/** French puts a space before ? ! ; : and inside « »; no line may break there. */
function heldTogether(tree: TextTree): TextTree {
  const tie = (text: string) => text.replace(/ (?=[?!;:»])/g, '\u00a0').replaceAll('« ', '«\u00a0');
  const held = (text: Text | TextTree): Text | TextTree => {
    if (typeof text === 'string') return tie(text);
    return typeof text === 'function' ? (...values: never[]) => tie(text(...values)) : heldTogether(text);
  };
  return Object.fromEntries(Object.entries(tree).map(([key, text]) => [key, held(text)]));
}
