import { describe, expect, it } from 'vitest';
import { typedEmoji } from './typed.ts';

const words = (text: string) => typedEmoji(text, text.length)?.words ?? null;

describe('the name of an emoji', () => {
  it('begins with a colon and two letters, wherever a word may begin', () => {
    expect(typedEmoji('Well done :ta', 13)).toEqual({ start: 10, words: 'ta' });
    expect([':smi', '(:smi', '**:smi', 'one\n:smi', ':thumbs_up', ':смех', ':cœ', ':fête'].map(words)).toEqual(['smi', 'smi', 'smi', 'smi', 'thumbs_up', 'смех', 'cœ', 'fête']);
  });

  it('is neither a smiley of signs, nor a time, an address or the end of a sentence', () => {
    for (const text of [':', ':s', ':)', ':D', ':-)', ':/', '10:30', 'at 10:30pm', 'https://a.example', 'mailto:ann', 'C:dir', 'std::move', 'note:this', 'Bonjour : oui', ':30', ':smile:', ':smi and']) expect(words(text), text).toBeNull();
  });

  it('ends where the cursor stands', () => {
    expect(typedEmoji('a :smile here', 6)).toEqual({ start: 2, words: 'smi' });
    expect(typedEmoji(':smi', 0)).toBeNull();
  });

  it('is looked for in few of the letters, however long the text is', () => {
    expect(words(`:${'a'.repeat(10_000)}`)).toBeNull();
    expect(words(`:${'a'.repeat(41)}`)).toBeNull();
    expect(words(`${'x '.repeat(5_000)}:smi`)).toBe('smi');
  });
});
