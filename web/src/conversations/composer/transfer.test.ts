import { describe, expect, it } from 'vitest';
import { filesMeant } from './transfer.ts';

const picture = new File(['x'], 'image.png', { type: 'image/png' });
const TABLE = '<meta charset="utf-8"><style>td{color:red}</style><table><tr><td>Room</td><td>120</td></tr></table>';

function carried(files: File[], texts: Record<string, string> = {}): DataTransfer {
  return { files, getData: (type: string) => texts[type] ?? '' } as unknown as DataTransfer;
}

describe('what is pasted or dropped', () => {
  it('is the words of a spreadsheet, not the picture of them', () => {
    expect(filesMeant(carried([picture], { 'text/plain': 'Room\t120', 'text/html': TABLE }))).toEqual([]);
    expect(filesMeant(carried([picture], { 'text/plain': 'Room\t120' }))).toEqual([]);
  });

  it('is a picture that comes alone, or with no more than the HTML and the address that show it', () => {
    expect(filesMeant(carried([picture]))).toEqual([picture]);
    expect(filesMeant(carried([picture], { 'text/html': '<img src="https://a.example/x.png" alt="A boat">' }))).toEqual([picture]);
    expect(filesMeant(carried([picture], { 'text/plain': 'https://a.example/x.png', 'text/html': '<a href="https://a.example"><img src="https://a.example/x.png"></a>' }))).toEqual([picture]);
  });

  it('is the files of a file manager, which brings their names as words', () => {
    const files = [new File(['x'], 'Menu été.pdf'), new File(['x'], 'list.txt')];
    expect(filesMeant(carried(files, { 'text/plain': 'Menu été.pdf\nlist.txt' }))).toEqual(files);
    expect(filesMeant(carried(files, { 'text/plain': 'file:///home/ann/Menu%20%C3%A9t%C3%A9.pdf\r\nC:\\Users\\ann\\list.txt' }))).toEqual(files);
    expect(filesMeant(carried(files, { 'text/plain': 'Menu été.pdf and list.txt' }))).toEqual([]);
  });

  it('is no file where there is none', () => {
    expect(filesMeant(null)).toEqual([]);
    expect(filesMeant(carried([], { 'text/plain': 'words' }))).toEqual([]);
  });
});
