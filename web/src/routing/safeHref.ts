/** The address as a link, or null when it is none we follow. */
export function safeHref(address: string): string | null {
  const candidate = /^(https?|mailto):/i.test(address) ? address : `mailto:${address}`;
  try {
    const url = new URL(candidate);
    if (url.protocol === 'mailto:') return url.pathname.includes('@') ? url.href : null;
    return (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname ? url.href : null;
  } catch {
    return null;
  }
}
