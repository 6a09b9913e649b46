/** Words of the messages that leave the server. */
import { compose } from './compose.ts';
import { message } from './message.ts';
import { outbox } from './outbox.ts';
import { reasons } from './reasons/index.ts';
import { recipients } from './recipients.ts';
import { timeline } from './timeline.ts';
import { webhooks } from './webhooks.ts';

export const texts = { compose, message, outbox, reasons, recipients, timeline, webhooks };
