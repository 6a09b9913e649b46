/** Keys of push services: base64url on the wire, bytes in the browser. Pure. */

export function keyBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const plain = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** Whether a subscription was made for this key; browsers that do not say are believed. */
export function sameKey(held: ArrayBuffer | null, wanted: string): boolean {
  if (!held) return true;
  const [a, b] = [new Uint8Array(held), keyBytes(wanted)];
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
