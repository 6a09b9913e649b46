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
  current = $state(deviceZone());

  /** A zone this browser does not know is ignored: a wrong clock would be worse than the device's. */
  choose(zone: string | null | undefined): void {
    try {
      if (zone) new Intl.DateTimeFormat('en', { timeZone: zone });
      this.current = zone || deviceZone();
    } catch {
      this.current = deviceZone();
    }
  }
}

export const zone = new Zone();
