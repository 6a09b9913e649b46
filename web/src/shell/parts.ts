/** What is around every page for whoever is signed in. */
import UnconfirmedBanner from '../accounts/UnconfirmedBanner.svelte';
import SwitcherKey from '../chats/switcher/SwitcherKey.svelte';
import Navigation from './Navigation.svelte';

export const parts = { Navigation, SwitcherKey, UnconfirmedBanner };
