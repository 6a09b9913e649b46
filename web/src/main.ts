import { mount } from 'svelte';
import App from './App.svelte';
import { startCore } from './core/start.svelte.ts';
import { followNotifications } from './push/standing.ts';
import { followKeptRequests } from './requests/leaving.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';
import './ui/control.css';

startCore(async (unsent) => (await import('./shell/askToLeave.ts')).askToLeave(unsent));
followNotifications();
followKeptRequests();
mount(App, { target: document.getElementById('app') as HTMLElement });
