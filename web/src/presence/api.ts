/** What presence asks the server. */
import { api } from '../core/api.ts';
import type { ChosenStatus, CustomStatus, OwnPresence } from '../core/presenceTypes.ts';
import type { Iso } from '../core/types.ts';

export const presenceApi = {
  own: () => api.get<OwnPresence>('/me/presence', { unasked: true }),
  setStatus: (status: ChosenStatus | null, until: Iso | null) => api.put<OwnPresence>('/me/presence', { status, until }),
  say: (custom: CustomStatus) => api.put<OwnPresence>('/me/custom-status', custom),
  sayNothing: () => api.delete('/me/custom-status'),
  hideLastSeen: (hidden: boolean) => api.put<OwnPresence>('/me/last-seen', { hidden }),
};
