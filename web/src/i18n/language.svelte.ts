/** The language the reader has chosen, else the first of the browser's that we speak. */

export const languages = ['en', 'fr', 'pt', 'ru'] as const;
export type Language = (typeof languages)[number];

/** Each language by its own name, for the switch. */
export const languageNames: Record<Language, string> = {
  en: 'English',
  fr: 'Français',
  pt: 'Português',
  ru: 'Русский',
};

/** What Intl is asked for: Portuguese here is Brazilian. */
export const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR', pt: 'pt-BR', ru: 'ru-RU' };

const storageKey = 'estafette.language';
/** Tells the server in which language the next page begins (`web/public_pages/language.py`); it says nothing else. */
const cookie = 'estafette_language';
const YEAR = 365 * 24 * 60 * 60;

export function spoken(tag: string | null | undefined): Language | null {
  const primary = tag?.toLowerCase().split('-')[0];
  return languages.find((language) => language === primary) ?? null;
}

function remembered(): Language | null {
  try {
    return spoken(localStorage.getItem(storageKey));
  } catch {
    return null;
  }
}

function tellServer(language: Language): void {
  const secure = location.protocol === 'https:' ? '; secure' : '';
  document.cookie = `${cookie}=${language}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}

function preferred(): Language {
  for (const tag of navigator.languages ?? []) {
    const language = spoken(tag);
    if (language) return language;
  }
  return 'en';
}

class LanguageChoice {
  #current = $state<Language>(remembered() ?? preferred());

  constructor() {
    document.documentElement.lang = this.#current;
    // Chosen before the server asked for it, or the cookie has ended.
    if (remembered()) tellServer(this.#current);
  }

  get current(): Language {
    return this.#current;
  }

  /** The tag to hand to Intl. */
  get locale(): string {
    return locales[this.#current];
  }

  choose(language: Language): void {
    this.#current = language;
    document.documentElement.lang = language;
    tellServer(language);
    try {
      localStorage.setItem(storageKey, language);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

export const language = new LanguageChoice();
