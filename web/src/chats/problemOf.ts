/** What the server says about what it refused, in the reader's words; else a sentence of our own. */
import { ApiProblem } from '../core/api.ts';

export const problemOf = (error: unknown, otherwise: string): string => (error instanceof ApiProblem && (error.detail || error.title)) || otherwise;
