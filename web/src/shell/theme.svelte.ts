/** Light, dark, or as the system has it. `public/theme.js` applies the remembered choice before the first paint. */
export const themes = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themes)[number];

const storageKey = 'estafette.theme';

class Theme {
  choice = $state<ThemeChoice>(themes.find((known) => known === document.documentElement.dataset.theme) ?? 'system');

  choose(choice: ThemeChoice): void {
    this.choice = choice;
    if (choice === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
    try {
      if (choice === 'system') localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, choice);
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }
}

export const theme = new Theme();
