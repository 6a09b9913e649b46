/** The page to show: follows the address, fetches the page's code, and keeps the former page until the next is there. */
import type { Component } from 'svelte';
import { waiting } from './core/waiting.svelte.ts';
import { findRoute, type Route } from './routes.ts';
import { router } from './routing/index.ts';

export interface ShownPage {
  route: Route;
  component: Component<Record<string, unknown>>;
  props: Record<string, unknown>;
}

export class CurrentPage {
  shown = $state.raw<ShownPage | null>(null);
  /** No page has this address. */
  missing = $state(false);
  /** The code of the page could not be fetched: offline, or a new version was put in place. */
  failure = $state<unknown>(null);
  #asked = 0;
  #path = '';

  /** The route of the present address, whether or not its code is there yet. */
  get route(): Route | null {
    return findRoute(router.path)?.route ?? null;
  }

  /** Asking again for the page that is shown changes nothing: its props keep their identity. */
  async show(path: string): Promise<void> {
    if (path === this.#path && !this.failure) return;
    this.#path = path;
    const asked = ++this.#asked;
    const found = findRoute(path);
    this.missing = !found;
    this.failure = null;
    if (!found) {
      this.shown = null;
      return;
    }
    try {
      const component = await waiting.for(found.route.load());
      if (asked === this.#asked) this.shown = { route: found.route, component, props: found.route.props(found.params) };
    } catch (error) {
      if (asked === this.#asked) this.failure = error;
    }
  }
}
