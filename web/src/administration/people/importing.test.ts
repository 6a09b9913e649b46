import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, api } from '../../core/api.ts';
import { example, faultsOf, Importing, type ImportReport, MAX_BYTES } from './importing.svelte.ts';

const report = { new: 1, mails: 0 } as ImportReport;
const refusal = (...fields: string[]) => new ApiProblem(422, { code: 'invalid', errors: fields.map((field) => ({ field, code: 'x', message: `wrong ${field}` })) }, '');
afterEach(() => vi.restoreAllMocks());

describe('importing a table', () => {
  it('looks first and sends the same bytes when it is run', async () => {
    const post = vi.spyOn(api, 'post').mockResolvedValue(report);
    const importing = new Importing();
    await importing.choose(new File(['name;email'], 'people.csv'));
    importing.mail = true;
    expect(await importing.run()).toBe(true);
    expect(post.mock.calls.map(([path]) => path)).toEqual(['/people/imports/previews?invite=false', '/people/imports?invite=true']);
    expect(await Promise.all(post.mock.calls.map(([, body]) => (body as Blob).text()))).toEqual(['name;email', 'name;email']);
  });

  it('names row and column of what is wrong, and forgets it with the next file', async () => {
    const post = vi.spyOn(api, 'post').mockRejectedValueOnce(refusal('rows[12].email', 'columns.name', 'file')).mockResolvedValue(report);
    const importing = new Importing();
    await importing.choose(new File(['x'], 'people.csv'));
    expect(importing.faults).toEqual([
      { row: 12, column: 'email', message: 'wrong rows[12].email' },
      { row: null, column: 'name', message: 'wrong columns.name' },
      { row: null, column: null, message: 'wrong file' },
    ]);
    await importing.choose(new File(['y'], 'people.csv'));
    expect([importing.faults, importing.report]).toEqual([[], report]);
    expect(post).toHaveBeenCalledTimes(2);
  });

  it('sends nothing that is too large', async () => {
    const post = vi.spyOn(api, 'post');
    const importing = new Importing();
    await importing.choose(new File([new Uint8Array(MAX_BYTES + 1)], 'people.csv'));
    expect(importing.tooLarge).toBe(true);
    expect(post).not.toHaveBeenCalled();
  });

  it('takes no other failure for a fault of the table', () => {
    expect(faultsOf(new Error('no answer'))).toEqual([]);
    expect(faultsOf(new ApiProblem(403, { code: 'forbidden' }, ''))).toEqual([]);
  });

  it('begins with a table that spreadsheets read as it is meant', () => {
    const names = { name: 'Имя', email: 'Эл. почта', title: 'Т', department: 'О', manager: 'Р', phone: 'Т', time_zone: 'Ч', language: 'Я' };
    expect(example(names, 'ru').split('\r\n')[0]).toBe('\ufeffИмя;Эл. почта;Т;О;Р;Ч;Я');
  });
});
