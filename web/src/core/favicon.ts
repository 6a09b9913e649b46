/** The icon of the window: with a dot while something is unread; that of the installed app with how much. */
const PLAIN = '/favicon.svg';
const UNREAD = '/favicon-unread.svg';

export function showUnread(unread: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = unread ? UNREAD : PLAIN;
  if (link && link.getAttribute('href') !== href) link.href = href;
}

/** The number at the icon of the installed app; browsers that know none, or are not asked to show it, show none. */
export function showBadge(unread: number): void {
  const badge = unread ? navigator.setAppBadge?.(unread) : navigator.clearAppBadge?.();
  badge?.catch(() => undefined);
}
