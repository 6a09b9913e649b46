/** How a gateway is doing, as one of a few states. Pure. */
import type { Gateway } from './types.ts';

export type Pulse = 'up' | 'down' | 'starting' | 'off' | 'paused';

/** A gateway that was never reached and never failed is about to be. */
export function pulseOf({ enabled, health }: Pick<Gateway, 'enabled' | 'health'>, now: number): Pulse {
  if (!enabled) return 'off';
  if (health.paused_until && Date.parse(health.paused_until) > now) return 'paused';
  if (health.up) return 'up';
  return health.down_since || health.error ? 'down' : 'starting';
}
