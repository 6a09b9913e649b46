/** What only signed-in people need, on whichever page they are: fetched by `main.ts` as soon as somebody is. */
import { namedPerson } from './conversations/markup/namedPerson.ts';
import Mention from './conversations/mentions/Mention.svelte';
import { bell } from './core/bell.svelte.ts';
import { counts } from './core/counts.svelte.ts';
import { showBadge, showUnread } from './core/favicon.ts';
import { startCore } from './core/start.svelte.ts';
import { pageName } from './layout/pageName.svelte.ts';
import { followRequestDrafts } from './requests/requestSender.svelte.ts';
import { around } from './shell/around.svelte.ts';
import { parts } from './shell/parts.ts';

/** Called once, before anybody counts as signed in. */
export function startForPeople(): void {
  startCore(async (unsent) => (await import('./shell/askToLeave.ts')).askToLeave(unsent));
  followRequestDrafts();
  around.parts = parts;
  namedPerson.shown = Mention;
  $effect.root(() => {
    // An unread conversation is counted by both; a contact request by the bell alone.
    const unread = $derived(Math.max(counts.total, bell.unread));
    $effect(() => void (pageName.unread = unread));
    $effect(() => showUnread(unread > 0));
    $effect(() => showBadge(unread));
  });
}
