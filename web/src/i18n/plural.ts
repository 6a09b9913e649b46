/** The right form for a number, by the rules of each language; `#` in a form stands for the number in local digits. */
import { locales, type Language } from './language.svelte.ts';

interface Forms {
  en: { one: string; other: string };
  fr: { one: string; many?: string; other: string };
  pt: { one: string; many?: string; other: string };
  ru: { one: string; few: string; many: string; other?: string };
}

function chooser<L extends Language>(language: L): (count: number, forms: Forms[L]) => string {
  // Not before something is counted: they take a telephone longer than all else at the start, and one language is read.
  let rules: Intl.PluralRules | undefined;
  let digits: Intl.NumberFormat | undefined;
  return (count, forms) => {
    rules ??= new Intl.PluralRules(locales[language]);
    digits ??= new Intl.NumberFormat(locales[language]);
    const table = forms as Partial<Record<Intl.LDMLPluralRule, string>>;
    const form = table[rules.select(count)] ?? table.other ?? table.many ?? '#';
    return form.replace('#', digits.format(count));
  };
}

export const plural = {
  en: chooser('en'),
  fr: chooser('fr'),
  pt: chooser('pt'),
  ru: chooser('ru'),
};
