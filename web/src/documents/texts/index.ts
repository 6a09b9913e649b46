/** All words of documents of other systems. */
import { cards } from './cards.ts';
import { reasons } from './reasons.ts';
import { systems } from './systems.ts';
import { waiting } from './waiting.ts';

export const texts = { cards, reasons, systems, waiting };
