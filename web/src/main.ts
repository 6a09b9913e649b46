import { mount } from 'svelte';
import App from './App.svelte';
import { serverTime } from './core/serverTime.ts';
import { startCore } from './core/start.svelte.ts';
import { clock } from './i18n/clock.svelte.ts';
import { followNotifications } from './push/serviceWorker.ts';
import { followRequestDrafts } from './requests/requestSender.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';
import './ui/control.css';

serverTime.onChange((offset) => clock.shift(offset));
startCore(async (unsent) => (await import('./shell/askToLeave.ts')).askToLeave(unsent));
followNotifications();
followRequestDrafts();
mount(App, { target: document.getElementById('app') as HTMLElement });
