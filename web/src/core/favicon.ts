/** The icon of the window: with a dot while something is unread. */
const PLAIN = '/favicon.svg';
const UNREAD = '/favicon-unread.svg';

export function showUnread(unread: boolean): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const href = unread ? UNREAD : PLAIN;
  if (link && link.getAttribute('href') !== href) link.href = href;
}
