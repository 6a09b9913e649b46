/** Words of signing in and up, the profile, sessions, access tokens, and links in mails. */
import { entry } from './accounts/entry.ts';
import { fields } from './accounts/fields.ts';
import { firstRun } from './accounts/firstRun.ts';
import { links } from './accounts/links.ts';
import { profile } from './accounts/profile.ts';
import { sessions } from './accounts/sessions.ts';
import { tokens } from './accounts/tokens.ts';

export const accounts = { entry, fields, firstRun, links, profile, sessions, tokens };
