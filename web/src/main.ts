import { mount } from 'svelte';
import App from './App.svelte';
import { serverTime } from './core/serverTime.ts';
import { startCore } from './core/start.svelte.ts';
import { clock } from './i18n/clock.svelte.ts';
import { followNotifications } from './push/serviceWorker.ts';
import { followRequestDrafts } from './requests/requestSender.svelte.ts';
import { findRoute } from './routes.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/first.css';
import './ui/control.css';
import './styles/forced-colors.css';

serverTime.onChange((offset) => clock.shift(offset));
startCore(async (unsent) => (await import('./shell/askToLeave.ts')).askToLeave(unsent));
followNotifications();
followRequestDrafts();

const target = document.getElementById('app') as HTMLElement;
// What the server painted stays until the page itself can take its place; what fails here is shown by the app.
if (target.childElementCount) await findRoute(location.pathname)?.route.load().catch(() => undefined);
target.replaceChildren();
mount(App, { target });
