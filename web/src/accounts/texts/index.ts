/** Words of signing in and up, the profile, sessions, access tokens, and links in mails. */
import { entry } from './entry.ts';
import { entryForm } from './entryForm.ts';
import { fields } from './fields.ts';
import { files } from './files.ts';
import { firstRun } from './firstRun.ts';
import { links } from './links.ts';
import { profile } from './profile.ts';
import { sessions } from './sessions.ts';
import { tokens } from './tokens.ts';

export const accounts = { entry, entryForm, fields, files, firstRun, links, profile, sessions, tokens };
