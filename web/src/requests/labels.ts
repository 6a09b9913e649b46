/** How the states of a request look: a word, an icon, a tone; the partner and the customer read different words. */
import type { IconName } from '../ui/icons.ts';
import type { Tone } from '../ui/tone.ts';
import { states } from './texts/states.ts';
import type { OwnState, RequestState } from './types.ts';

type Look = { icon: IconName; tone: Tone };

const looks: Record<RequestState, Look> = {
  new: { icon: 'inbox', tone: 'accent' },
  seen: { icon: 'eye', tone: 'neutral' },
  in_progress: { icon: 'clock', tone: 'info' },
  done: { icon: 'success', tone: 'success' },
  spam: { icon: 'ban', tone: 'warning' },
};

/** What has arrived is news for the partner only. */
const ownLooks: Record<OwnState, Look> = { ...looks, new: { icon: 'check', tone: 'neutral' } };

export const stateLook = (state: RequestState) => ({ ...looks[state], label: states.partner[state] });

export const ownStateLook = (state: OwnState) => ({ ...ownLooks[state], label: states.customer[state] });
