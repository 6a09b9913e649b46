/** Importing people from a table: a file is looked at by the server first, and then, the same bytes, imported. */
import { ApiProblem, api } from '../../core/api.ts';
import type { LanguageCode } from '../../core/types.ts';

export type Column = 'name' | 'email' | 'title' | 'department' | 'manager' | 'phone' | 'time_zone' | 'language';
export type What = 'new' | 'changed' | 'unchanged' | 'invited';

export interface ImportReport {
  new: number;
  changed: number;
  unchanged: number;
  invited: number;
  /** How many are mailed an invitation. */
  mails: number;
  /** The first rows that change anything. */
  items: { row: number; email: string; name: string; what: What; columns: Column[] }[];
  columns: Column[];
  ignored: string[];
  encoding: string;
  separator: string;
  carries_mail: boolean;
}

/** What is wrong with a table: in which row and column, where there is one. */
export interface Fault {
  row: number | null;
  column: Column | null;
  message: string;
}

export const MAX_BYTES = 5 * 1024 * 1024;

export class Importing {
  file = $state.raw<File | null>(null);
  mail = $state(false);
  report = $state.raw<ImportReport | null>(null);
  faults = $state.raw<Fault[]>([]);
  error = $state.raw<unknown>(null);
  busy = $state(false);
  tooLarge = $state(false);
  #asked = 0;

  /** Takes a file and asks what it would do. */
  async choose(file: File): Promise<void> {
    this.file = file;
    this.tooLarge = file.size > MAX_BYTES;
    if (this.tooLarge) this.#forget();
    else await this.look();
  }

  look = (): Promise<void> => this.#ask('/people/imports/previews');

  /** True once all of it is done. */
  async run(): Promise<boolean> {
    await this.#ask('/people/imports');
    return this.report !== null;
  }

  async #ask(path: string): Promise<void> {
    if (!this.file) return;
    const asked = ++this.#asked;
    this.busy = true;
    this.error = null;
    try {
      // Read anew: a file that was saved again since it was chosen is another one, which the browser refuses to send.
      const body = new Blob([await this.file.arrayBuffer()], { type: 'text/csv' });
      const report = await api.post<ImportReport>(`${path}?invite=${this.mail}`, body);
      if (asked === this.#asked) [this.report, this.faults] = [report, []];
    } catch (error) {
      if (asked !== this.#asked) return;
      this.#forget();
      this.faults = faultsOf(error);
      if (!this.faults.length) this.error = error;
    } finally {
      if (asked === this.#asked) this.busy = false;
    }
  }

  #forget(): void {
    this.report = null;
    this.faults = [];
    this.error = null;
  }
}

/** The faults that a refusal names: `rows[12].email`, `columns.name` or `file`. */
export function faultsOf(error: unknown): Fault[] {
  if (!(error instanceof ApiProblem) || error.code !== 'invalid') return [];
  return [...error.fields].map(([field, message]) => {
    const [, row, column] = /^(?:rows\[(\d+)\]|columns|file)(?:\.(\w+))?$/.exec(field) ?? [];
    return { row: row ? Number(row) : null, column: (column as Column | undefined) ?? null, message };
  });
}

/** A table to begin with, in the reader's language; the mark in front tells spreadsheets that it is UTF-8. */
export function example(names: Record<Column, string>, language: LanguageCode): string {
  const head = [names.name, names.email, names.title, names.department, names.manager, names.time_zone, names.language];
  const rows = [
    ['Ada Keller', 'ada@example.com', '', '', '', 'Europe/Paris', language],
    ['Hugo Martin', 'hugo@example.com', '', '', 'ada@example.com', 'Europe/Paris', language],
  ];
  return `\ufeff${[head, ...rows].map((cells) => cells.join(';')).join('\r\n')}\r\n`;
}
