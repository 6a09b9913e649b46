/** Moves the focus along a list of notifications. */
export function move(within: HTMLElement, by: number): void {
  const links = [...within.querySelectorAll<HTMLElement>('[data-notification] > a')];
  const row = document.activeElement?.closest('[data-notification]');
  const at = links.findIndex((link) => link.parentElement === row);
  links[Math.min(links.length - 1, Math.max(0, at < 0 && by < 0 ? links.length - 1 : at + by))]?.focus();
}
