/** How states of communications and groups of recipients look: an icon, a tone. */
import type { IconName } from '../../ui/icons.ts';
import type { Tone } from '../../ui/tone.ts';
import type { State } from '../types.ts';

export const stateLooks: Record<State, { icon: IconName; tone: Tone }> = {
  draft: { icon: 'edit', tone: 'neutral' },
  scheduled: { icon: 'calendar', tone: 'info' },
  preparing: { icon: 'list', tone: 'info' },
  running: { icon: 'send', tone: 'accent' },
  paused: { icon: 'pause', tone: 'warning' },
  completed: { icon: 'check', tone: 'success' },
  cancelling: { icon: 'ban', tone: 'warning' },
  cancelled: { icon: 'ban', tone: 'neutral' },
  failed: { icon: 'danger', tone: 'danger' },
};
