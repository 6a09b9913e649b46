import { mount } from 'svelte';
import App from './App.svelte';
import { showBadge } from './core/favicon.ts';
import { atFirstSign } from './core/firstSign.ts';
import { serverTime } from './core/serverTime.ts';
import { session } from './core/session.svelte.ts';
import { clock } from './i18n/clock.svelte.ts';
import { followNotifications } from './push/serviceWorker.ts';
import { findRoute } from './routes.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/first.css';
import './ui/control.css';
import './styles/forced-colors.css';

serverTime.onChange((offset) => clock.shift(offset));
session.equipWith(async () => (await import('./people.svelte.ts')).startForPeople());
// Whoever signs in has touched the page before: then it is there when it is wanted.
atFirstSign(['pointerdown', 'keydown'], () => session.equip());
followNotifications();
// Until somebody is signed in nothing is unread.
showBadge(0);

// No `await` outside of a function: pages import what lies in one file with this, and would wait for it for ever.
void show(document.getElementById('app') as HTMLElement);

async function show(target: HTMLElement): Promise<void> {
  // What the server painted stays until the page itself can take its place; what fails here is shown by the app.
  if (target.childElementCount) {
    await findRoute(location.pathname)?.route.load().catch(() => undefined);
    // In a task of its own: what the reader does on the painted page need not wait for all of it.
    await new Promise((resolve) => setTimeout(resolve));
  }
  target.replaceChildren();
  mount(App, { target });
}
