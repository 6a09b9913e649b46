/** Words of gateways and of recipients who must not be written to. */
import { gateways } from './gateways.ts';
import { settings } from './settings.ts';
import { suppressions } from './suppressions.ts';

export const texts = { gateways, settings, suppressions };
