/** Words of signing in and up, the profile, sessions and access tokens. */
import { entry } from './accounts/entry.ts';
import { fields } from './accounts/fields.ts';
import { firstRun } from './accounts/firstRun.ts';
import { profile } from './accounts/profile.ts';
import { sessions } from './accounts/sessions.ts';
import { tokens } from './accounts/tokens.ts';

export const accounts = { entry, fields, firstRun, profile, sessions, tokens };
