/** A letter as an inert document of ours shows it, by day or by night. Pure. */

export interface Letter {
  html: string;
  css: string;
}

const SHEET = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;
const TAG = /<[a-z][^<>]*>/gi;
const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi;

/**
 * Its HTML without what our Content-Security-Policy would refuse: styles stand apart, to be laid on as a sheet that we
 * made, those of single elements in `data-look`. What asks for the scheme of the system is answered at once.
 */
export function letterOf(html: string, shade: 'light' | 'dark'): Letter {
  const sheets: string[] = [];
  // Before it is read: whatever reads HTML refuses styles within, as the page does, and says so.
  const bare = html
    .replace(SHEET, (_, sheet: string) => (sheets.push(sheet), ''))
    .replace(TAG, (tag) => tag.replace(/\sstyle\s*=/gi, ' data-look='));
  const page = new DOMParser().parseFromString(bare, 'text/html');
  page.querySelectorAll('style, script, link, base, meta[http-equiv], iframe, object, embed').forEach((each) => each.remove());
  for (const each of page.querySelectorAll('a[href], area[href]')) each.removeAttribute('href');
  const css = sheets.join('\n').replace(SCHEME, (_, asked: string) => (asked === shade ? '(min-width: 0)' : '(max-width: 0)'));
  return { html: page.documentElement.outerHTML, css: `:root { color-scheme: ${shade}; }\n${css}` };
}

/** Lays the styles on the letter once it stands in its frame. */
export function dress(page: Document, css: string): void {
  const sheet = new (page.defaultView as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(css);
  page.adoptedStyleSheets = [sheet];
  for (const each of page.querySelectorAll<HTMLElement>('[data-look]')) each.style.cssText = each.dataset.look ?? '';
}
