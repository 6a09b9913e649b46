/**
 * What waits for the reader, per side: unread messages as a customer (`customer`) or for a partner (its id). The live stores
 * fill it in; the navigation shows it as badges and the window title as a number.
 */
class Attention {
  #waiting = $state<Record<string, number>>({});

  /** The number of unread messages of one side; 0 removes it. */
  set(side: string, count: number): void {
    this.#waiting[side] = Math.max(0, count);
  }

  of(side: string): number {
    return this.#waiting[side] ?? 0;
  }

  get total(): number {
    return Object.values(this.#waiting).reduce((sum, count) => sum + count, 0);
  }

  clear(): void {
    this.#waiting = {};
  }
}

export const attention = new Attention();
