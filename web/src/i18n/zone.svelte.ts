/** The reader's time zone: the one in their profile, else the device's. */

export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Every zone this browser knows, UTC included. */
export function knownZones(): string[] {
  const zones = Intl.supportedValuesOf('timeZone');
  return zones.includes('UTC') ? zones : ['UTC', ...zones];
}

class Zone {
  #chosen = $state<string | null>(null);
  #device = '';

  /** The device is asked when a time is shown at last: the first question loads the tables of all zones and languages. */
  get current(): string {
    return this.#chosen ?? (this.#device ||= deviceZone());
  }

  /** A zone this browser does not know is ignored: a wrong clock would be worse than the device's. */
  choose(zone: string | null | undefined): void {
    this.#device = '';
    try {
      if (zone) new Intl.DateTimeFormat('en', { timeZone: zone });
      this.#chosen = zone || null;
    } catch {
      this.#chosen = null;
    }
  }
}

export const zone = new Zone();
