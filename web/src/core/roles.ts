/** What somebody may do, by their roles; the server decides, the app only shows what fits. Pure. */
import type { Me } from './types.ts';

export const administers = (me: Me | null) => me?.roles.includes('administrator') ?? false;

/** Who sees the people of the organisation: its employees, and who administrates them. */
export const belongs = (me: Me | null) => administers(me) || (me?.roles.includes('employee') ?? false);

/** Who chats with colleagues. */
export const employed = (me: Me | null) => me?.roles.includes('employee') ?? false;

/** Who may send SMS, e-mail and push through the gateways. */
export const sends = (me: Me | null) => administers(me) || (me?.roles.includes('service') ?? false);

/** Who keeps the register of clients. */
export const communicates = (me: Me | null) =>
  administers(me) || Boolean(me?.roles.includes('communications') && (me.roles.includes('employee') || me.roles.includes('service')));

export const writesAsCustomer = (me: Me) => me.roles.includes('customer') || (!me.partners.length && !sends(me));
