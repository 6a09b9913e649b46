/** Links in mails: asked for, and used with the secret at their end. */
import { api, ApiProblem } from '../core/api.ts';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';

/** What was typed on the page before; an address in an address line would stay in histories and logs. */
export const typed = { email: '' };

export async function mailResetLink(email: string): Promise<void> {
  await api.post('/password-resets', { email: email.trim() });
}

/** Leaves the person signed in, on this device only. */
export async function resetPassword(secret: string, password: string): Promise<void> {
  await session.enter(await api.put<Me>('/password-resets', { secret, password }));
}

/** Gives the address that is confirmed now. */
export async function confirmEmail(secret: string): Promise<string> {
  const { email } = await api.post<{ email: string }>('/email-confirmations', { secret });
  await session.refresh();
  return email;
}

/** Stops a change of the address or takes it back; gives the address that stays. */
export async function takeBackEmail(secret: string): Promise<string> {
  const { email } = await api.post<{ email: string }>('/email-reversals', { secret });
  // Every session has ended, this one too.
  await session.refresh();
  return email;
}

/** Forgets the new address that waits to be confirmed. */
export async function keepEmail(): Promise<void> {
  await api.delete('/me/pending-email');
  await session.refresh();
}

export async function mailConfirmationLink(): Promise<void> {
  await api.post('/me/email-confirmation');
}

/** Whether a link was refused because its time is over. */
export function hasEnded(error: unknown): boolean {
  return error instanceof ApiProblem && error.fieldCodes.get('secret') === 'link_ended';
}
