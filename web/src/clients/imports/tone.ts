/** The colour of the state of an import. */
import type { ImportState } from '../types.ts';

export const stateTone: Record<ImportState, 'neutral' | 'info' | 'success' | 'warning' | 'danger'> = {
  uploaded: 'neutral',
  queued: 'info',
  running: 'info',
  done: 'success',
  cancelled: 'warning',
  failed: 'danger',
};
