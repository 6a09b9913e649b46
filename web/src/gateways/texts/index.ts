/** Words of gateways and of recipients who must not be written to. */
import { form } from './form.ts';
import { gateways } from './gateways.ts';
import { settings } from './settings.ts';
import { suppressions } from './suppressions.ts';
import { testing } from './testing.ts';
import { transports } from './transports.ts';

export const texts = { form, gateways, settings, suppressions, testing, transports };
