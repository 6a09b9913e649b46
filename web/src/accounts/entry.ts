/** Coming in: each verb leaves the person signed in; the app then leads on to where they were going. */
import { api } from '../core/api.ts';
import { session } from '../core/session.svelte.ts';
import type { Me } from '../core/types.ts';
import { deviceZone, language } from '../i18n/index.ts';

export async function signIn(email: string, password: string): Promise<void> {
  await session.enter(await api.post<Me>('/sessions', { email: email.trim(), password }));
}

export async function signUp(name: string, email: string, password: string): Promise<void> {
  const details = { name: name.trim(), email: email.trim(), password, language: language.current, time_zone: deviceZone() };
  await session.enter(await api.post<Me>('/sign-up', details));
}

/** Makes the first administrator; `code` is the one the server printed at its start. */
export async function setUp(code: string, name: string, email: string, password: string): Promise<void> {
  const details = { code: code.trim(), name: name.trim(), email: email.trim(), password, language: language.current, time_zone: deviceZone() };
  await session.enter(await api.post<Me>('/setup', details));
}
