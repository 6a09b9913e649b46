import { describe, expect, it } from 'vitest';
import { formatted, type Command } from './formatting.ts';

/** `|` stands at the ends of the selection, or where the cursor is. */
function run(command: Command, marked: string): string {
  const start = marked.indexOf('|');
  const text = marked.replaceAll('|', '');
  const end = marked.lastIndexOf('|') === start ? start : marked.lastIndexOf('|') - 1;
  const edit = formatted(command, { text, start, end });
  const after = text.slice(0, edit.from) + edit.words + text.slice(edit.to);
  const selection = edit.start === edit.end ? '|' : `|${after.slice(edit.start, edit.end)}|`;
  return after.slice(0, edit.start) + selection + after.slice(edit.end);
}

describe('the commands of formatting', () => {
  it.each<[Command, string, string]>([
    ['bold', 'see |this| now', 'see **|this|** now'],
    ['italic', 'see |this |now', 'see *|this|* now'],
    ['code', '|x|', '`|x|`'],
    ['bold', 'see |', 'see **|**'],
    ['bold', '*|both|*', '***|both|***'],
    ['italic', '**|both|**', '***|both|***'],
  ])('put marks: %s of %j', (command, before, after) => {
    expect(run(command, before)).toBe(after);
  });

  it.each<[Command, string, string]>([
    ['bold', '**|this|**', '|this|'],
    ['bold', '|**this**|', '|this|'],
    ['italic', '***|both|***', '**|both|**'],
    ['bold', '***|both|***', '*|both|*'],
    ['code', '`|x|`', '|x|'],
    ['bold', '**|**', '|'],
  ])('take them away again: %s of %j', (command, before, after) => {
    expect(run(command, before)).toBe(after);
  });

  it('marks each of several lines, after what makes it an item', () => {
    expect(run('bold', '|one\n\n- two|')).toBe('|**one**\n\n- **two**|');
    expect(run('bold', '|**one**\n\n- **two**|')).toBe('|one\n\n- two|');
    expect(run('bold', '|**one**\ntwo|')).toBe('|**one**\n**two**|');
  });

  it('asks for the address of words, and for the words of an address', () => {
    expect(run('link', 'see |our hours| now')).toBe('see [our hours](|https://|) now');
    expect(run('link', '|https://a.example/x|')).toBe('[|](https://a.example/x)');
    expect(run('link', '|www.example.com|')).toBe('[|](www.example.com)');
    expect(run('link', 'see |')).toBe('see [|](https://)');
  });

  it('makes lines a list or a quote, and plain again', () => {
    expect(run('list', 'before\nmi|lk')).toBe('before\n- mi|lk');
    expect(run('list', '- mi|lk')).toBe('mi|lk');
    expect(run('list', '|')).toBe('- |');
    expect(run('list', 'x\no|ne\ntw|o\ny')).toBe('x\n|- one\n- two|\ny');
    expect(run('quote', '|> one\n> two|')).toBe('|one\ntwo|');
    expect(run('quote', '|one\n\n> two|')).toBe('|> one\n\n> two|');
  });
});
