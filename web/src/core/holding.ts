/** Names of things that only one may use at a time, in all tabs of this browser. */

/** In this page only, where the browser has no locks (plain http). */
const held = new Set<string>();

/** Runs the work at once, telling it whether it holds the name; if so nobody else does until it ends. */
export async function whileHolding<T>(name: string, work: (holding: boolean) => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(name, { ifAvailable: true }, (lock) => work(lock !== null));
  if (held.has(name)) return work(false);
  held.add(name);
  try {
    return await work(true);
  } finally {
    held.delete(name);
  }
}
