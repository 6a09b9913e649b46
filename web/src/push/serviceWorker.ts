/** What notifications need on every page: a pressed one leads to its place, and signing out gives them up. */
import { session } from '../core/session.svelte.ts';
import { router } from '../routing/index.ts';

export function followNotifications(): void {
  // The page that is open goes there by itself, instead of being loaded anew.
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ type?: string; url?: string } | null>) => {
    if (data?.type === 'open' && data.url?.startsWith('/')) router.go(data.url);
  });
  // What is meant for one person must not be shown to the next at the same browser.
  session.onSignedOut(() => void forgetThisDevice().catch(() => undefined));
}

/** Without a subscription the push service answers the server that it is gone. */
export async function forgetThisDevice(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await (await registration?.pushManager?.getSubscription())?.unsubscribe();
}
