import { describe, expect, it } from 'vitest';
import { holds, parts, pieceAt, piecesOf, replaced, toggled, written } from './expression.ts';

describe('a search expression', () => {
  it('is read in pieces as the server reads it', () => {
    const pieces = piecesOf('boat from:"Nora Weber" -has:file "grand lit" http://x.y');
    expect(pieces.map(({ operator, value, minus }) => [minus, operator, value])).toEqual([
      ['', null, 'boat'],
      ['', 'from:', 'Nora Weber'],
      ['-', 'has:', 'file'],
      ['', null, '"grand lit"'],
      ['', 'http:', '//x.y'],
    ]);
  });

  it('has at most one piece at the caret, that before it', () => {
    expect(pieceAt('boat from:no', 12)?.value).toBe('no');
    expect(pieceAt('boat from:no', 4)?.value).toBe('boat');
    expect(pieceAt('boat ', 5)).toBeNull();
    expect(pieceAt('', 0)).toBeNull();
  });

  it('takes a chosen name in quotes, and goes on after it', () => {
    const text = 'boat from:no soon';
    expect(replaced(text, pieceAt(text, 12), written('from:', 'Nora Weber'))).toEqual(['boat from:"Nora Weber" soon', 23]);
    expect(replaced('boat', null, 'in:')).toEqual(['boat in:', 8]);
    expect(written('from:', 'a" b')).toBe('from:"a b"');
  });

  it('takes and gives up an operator by one press', () => {
    expect(toggled('boat', 'has:file')).toBe('boat has:file ');
    expect(toggled('boat has:file soon', 'has:file')).toBe('boat soon');
    expect(holds('boat HAS:FILE', 'has:file')).toBe(true);
    expect(holds('boat "has:file"', 'has:file')).toBe(false);
  });

  it('shows what was found where it stands, whatever stands before it', () => {
    expect(parts('🎂 two boats', [[6, 11]])).toEqual([
      { text: '🎂 two ', hit: false },
      { text: 'boats', hit: true },
    ]);
    expect(parts('', [])).toEqual([]);
  });
});
