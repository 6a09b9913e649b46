import { describe, expect, it } from 'vitest';
import { inline } from './inline.ts';
import { plainText } from './parse.ts';
import { decode, encode, nameFor, placesOf, saysAll, typedName } from '../mentions/markup.ts';

const ida = { id: '01a1e7c0-5ab8-7c0e-9f0b-3b7f1f0a6c11', name: 'Ida Berg' };
const idaB = { id: '01a1e7c0-5ab8-7c0e-9f0b-3b7f1f0a6c12', name: 'Ida' };
const other = { id: '01a1e7c0-5ab8-7c0e-9f0b-3b7f1f0a6c13', name: 'Ida Berg' };
const marked = `Hello @[Ida Berg](person:${ida.id}), see @[Ida](person:${idaB.id})`;

describe('mentions', () => {
  it('are typed as names and sent with who is meant', () => {
    expect(decode(marked)).toEqual({ text: 'Hello @Ida Berg, see @Ida', people: [ida, idaB] });
    expect(encode('Hello @Ida Berg, see @Ida', [idaB, ida])).toBe(marked);
  });

  it('are none where the name goes on, was changed, or is part of an address', () => {
    for (const text of ['@Idae', '@Id', 'post@Ida', '@Ivar']) expect(encode(text, [ida, idaB])).toBe(text);
  });

  it('mean two people of one name in the order in which they were chosen', () => {
    expect(placesOf('@Ida Berg and @Ida Berg', [ida, other]).map(({ id }) => id)).toEqual([ida.id, other.id]);
  });

  it('are shown as names, also in the middle of marks and beside links', () => {
    expect(inline(`**@[Ida](person:${idaB.id})** https://a.example`)).toEqual([
      { kind: 'bold', children: [{ kind: 'mention', text: '@Ida', person: idaB.id }] },
      { kind: 'text', text: ' ' },
      { kind: 'link', href: 'https://a.example/', text: 'https://a.example' },
    ]);
    expect(plainText(marked)).toBe('Hello @Ida Berg, see @Ida');
  });

  it('are no way to lead elsewhere, and stay text where they are not whole', () => {
    for (const text of ['@[x](person:javascript)', '@[](person:)', '@[a](https://a.example)']) expect(inline(text).some(({ kind }) => kind === 'mention')).toBe(false);
    expect(nameFor('Evil](person:x) [Name\nmore')).toBe('Evil (person:x) Name more');
  });

  it('begin with an @ before which no word stands', () => {
    expect(typedName('Hello @ida b', 12)).toEqual({ start: 6, words: 'ida b' });
    expect(typedName('@', 1)).toEqual({ start: 0, words: '' });
    expect(typedName('mail@example', 12)).toBeNull();
    expect(typedName('@ida berg said', 14)).toBeNull();
    expect(typedName('no', 2)).toBeNull();
  });

  it('of all are a word of its own', () => {
    expect(['@all', 'Hi @all!', '@allen', 'x@all'].map(saysAll)).toEqual([true, true, false, false]);
  });
});
