/** Where the reader is: the address bar as state, and links that do not reload the page. */

const ours = (path: string) => !/^\/(api|docs|openapi\.json|healthz|readyz|metrics)(\/|$)/.test(path);

/** Keeps the reader on a page for a question; it is asked only while the page is held. */
export interface Guard {
  /** `to` is the path that is asked for, where it is known. */
  holds: (to?: string) => boolean;
  mayLeave: () => Promise<boolean>;
}

class Router {
  path = $state(location.pathname);
  query = $state(new URLSearchParams(location.search));
  /** Counts the ways to a page, also to the one that is open: choosing something again is to show it again. */
  visits = $state.raw(0);
  /** What lies over the page at this step, such as a sheet: the way back takes it away first, and a reload leaves it there. */
  cover = $state.raw<string | null>(coverOf(history.state));
  /** Apart from the state, so that whoever leads elsewhere does not come to depend on it. */
  #visited = 0;
  /** Asked before the reader leaves by a link or the way back, not when the app itself leads elsewhere (`replace`). */
  guard: Guard | null = null;
  /** How many steps into the history of this tab; tells the way back from the way forward. */
  #step: number = stepOf(history.state);
  /** The steps that the reader wanted to go while the page was held. */
  #wanted = 0;

  constructor() {
    addEventListener('popstate', (event) => this.#stepped(stepOf(event.state)));
    document.addEventListener('click', (event) => this.#follow(event));
  }

  /** Goes to a path of ours; `replace` leaves no way back to the present one. */
  go(to: string, { replace = false }: { replace?: boolean } = {}): void {
    const url = new URL(to, location.href);
    const elsewhere = url.href !== location.href;
    if (elsewhere && !replace && this.#held(() => this.go(to), url.pathname)) return;
    if (elsewhere && replace) history.replaceState({ step: this.#step }, '', url);
    else if (elsewhere) history.pushState({ step: ++this.#step }, '', url);
    const samePage = url.pathname === this.path;
    this.#read();
    if (!samePage) scrollTo(0, 0);
  }

  /** Lays something over the page that is open; nothing while it is there. */
  lay(cover: string): void {
    if (this.cover === cover) return;
    history.pushState({ step: ++this.#step, cover }, '');
    this.cover = cover;
  }

  /** Goes the way back that takes away what lies over the page; nothing where nothing does. */
  lift(): void {
    if (this.cover !== null) history.back();
  }

  #stepped(step: number): void {
    const by = step - this.#step;
    if (by && this.guard?.holds(location.pathname)) {
      // The browser has gone already: it is led back to the page that is still shown, and on again after a yes.
      this.#wanted = by;
      return history.go(-by);
    }
    const wanted = by ? 0 : this.#wanted;
    this.#wanted = 0;
    if (wanted && this.#held(() => history.go(wanted))) return;
    this.#step = step;
    this.#read();
  }

  #held(leave: () => void, to?: string): boolean {
    const { guard } = this;
    if (!guard?.holds(to)) return false;
    void guard.mayLeave().then((may) => may && leave());
    return true;
  }

  #read(): void {
    this.visits = ++this.#visited;
    this.path = location.pathname;
    this.cover = coverOf(history.state);
    if (location.search !== (this.query.size ? `?${this.query}` : '')) this.query = new URLSearchParams(location.search);
  }

  #follow(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest?.('a[href]');
    if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !ours(url.pathname)) return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    this.go(url.href);
  }
}

function stepOf(state: unknown): number {
  return (state as { step?: number } | null)?.step ?? 0;
}

function coverOf(state: unknown): string | null {
  return (state as { cover?: string } | null)?.cover ?? null;
}

export const router = new Router();
