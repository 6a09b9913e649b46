/** Where the reader is: the address bar as state, and links that do not reload the page. */

const ours = (path: string) => !/^\/(api|docs|openapi\.json|healthz|readyz|metrics)(\/|$)/.test(path);

class Place {
  path = $state(location.pathname);
  query = $state(new URLSearchParams(location.search));

  constructor() {
    addEventListener('popstate', () => this.#read());
    document.addEventListener('click', (event) => this.#follow(event));
  }

  /** Goes to a path of ours; `replace` leaves no way back to the present one. */
  go(to: string, { replace = false }: { replace?: boolean } = {}): void {
    const url = new URL(to, location.href);
    if (url.href !== location.href) history[replace ? 'replaceState' : 'pushState'](null, '', url);
    const samePage = url.pathname === this.path;
    this.#read();
    if (!samePage) scrollTo(0, 0);
  }

  #read(): void {
    this.path = location.pathname;
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

export const place = new Place();
