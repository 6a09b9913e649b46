/** Which letter, pressed with the command key, does what to the text. */
import type { Command } from './formatting.ts';

export const shortcuts: Record<string, Command> = { b: 'bold', i: 'italic', k: 'link' };
