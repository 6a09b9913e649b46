import { describe, expect, it } from 'vitest';
import { safeHref } from '../../routing/safeHref.ts';
import { inline } from './inline.ts';
import { parse, plainText } from './parse.ts';

const text = (words: string) => ({ kind: 'text', text: words });

describe('the markup of messages', () => {
  it('reads bold, italic and code', () => {
    expect(inline('a **b** *c* `d`')).toEqual([
      text('a '),
      { kind: 'bold', children: [text('b')] },
      text(' '),
      { kind: 'italic', children: [text('c')] },
      text(' '),
      { kind: 'code', text: 'd' },
    ]);
  });

  it('nests italic in bold and links in both', () => {
    expect(inline('**see *https://a.example* now**')).toEqual([
      { kind: 'bold', children: [text('see '), { kind: 'italic', children: [{ kind: 'link', href: 'https://a.example/', text: 'https://a.example' }] }, text(' now')] },
    ]);
  });

  it('closes three stars inside out', () => {
    expect(inline('**a *b***')).toEqual([{ kind: 'bold', children: [text('a '), { kind: 'italic', children: [text('b')] }] }]);
  });

  it.each(['2 * 3 * 4', 'a*b*c', '** not bold **', '*', '****', 'snake_case_name', '`', '``', 'a ` b', '5*', '**open'])('leaves %s alone', (words) => {
    expect(inline(words).map((part) => ('text' in part ? part.text : '!')).join('')).toBe(words);
  });

  it('keeps marks in code as they are', () => {
    expect(inline('`**x** https://a.example`')).toEqual([{ kind: 'code', text: '**x** https://a.example' }]);
  });

  it('leaves the full stop and the bracket to the sentence', () => {
    expect(inline('(see https://a.example/b_(c)).')).toEqual([text('(see '), { kind: 'link', href: 'https://a.example/b_(c)', text: 'https://a.example/b_(c)' }, text(').')]);
  });

  it('links mail addresses and web addresses, and nothing that runs', () => {
    expect(inline('anna@example.com')).toEqual([{ kind: 'link', href: 'mailto:anna@example.com', text: 'anna@example.com' }]);
    for (const bad of ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd', ' javascript:x']) {
      expect(inline(bad).some((part) => part.kind === 'link'), bad).toBe(false);
    }
    expect(safeHref('https://')).toBeNull();
    expect(safeHref('mailto:x')).toBeNull();
  });

  it('lets words lead to an address, and says to which', () => {
    expect(inline('see [our *hours*](https://a.example/b_(c)?d=1#e), please')).toEqual([
      text('see '),
      { kind: 'link', href: 'https://a.example/b_(c)?d=1#e', text: 'our *hours*', where: 'a.example' },
      text(', please'),
    ]);
    expect(inline('[Write](mailto:anna@example.com)')).toEqual([{ kind: 'link', href: 'mailto:anna@example.com', text: 'Write', where: 'anna@example.com' }]);
    expect(inline('**[Go](http://a.example:8080)**')).toEqual([{ kind: 'bold', children: [{ kind: 'link', href: 'http://a.example:8080/', text: 'Go', where: 'a.example:8080' }] }]);
  });

  it('does not believe words that are an address themselves', () => {
    expect(inline('[https://bank.example](https://evil.example/x)')).toEqual([{ kind: 'link', href: 'https://evil.example/x', text: 'https://bank.example', where: 'evil.example' }]);
    expect(inline('[https://a.example](https://a.example/)')).toEqual([{ kind: 'link', href: 'https://a.example/', text: 'https://a.example' }]);
    expect(inline('[bank](https://bank.example@evil.example)')).toMatchObject([{ where: 'evil.example' }]);
    expect(inline('[bank](https://bänk.example)')).toMatchObject([{ where: 'xn--bnk-qla.example' }]);
  });

  it.each(['[a](javascript:alert(1))', '[a](JaVaScRiPt:x)', '[a](data:text/html,x)', '[a](vbscript:x)', '[a](//evil.example)', '[a](/profile)', '[a]( https://)', '[a](https://)', '[a](mailto:x)', '[a]', '[](x)', '[a] (b)'])(
    'leaves %s alone',
    (words) => {
      expect(inline(words)).toEqual([text(words)]);
    },
  );

  it.each([
    ['www.example.com', 'https://www.example.com/'],
    ['Example.com', 'https://example.com/'],
    ['example.com/path?a=b#c', 'https://example.com/path?a=b#c'],
    ['boutique.example.fr:8443/été', 'https://boutique.example.fr:8443/%C3%A9t%C3%A9'],
    ['пример.рф', 'https://xn--e1afmkfd.xn--p1ai/'],
  ])('links %s, which was written without https://', (words, href) => {
    for (const [before, after] of [['', ''], ['see ', '.'], ['(', ')'], ['« ', ' »'], ['chez ', ', merci']] as const) {
      expect(inline(before + words + after).filter(({ kind }) => kind === 'link'), before + words + after).toEqual([{ kind: 'link', href, text: words }]);
    }
    expect(inline(`**${words}**`)).toEqual([{ kind: 'bold', children: [{ kind: 'link', href, text: words }] }]);
  });

  it('lets words lead to an address without https://', () => {
    expect(inline('[our site](www.example.com/a)')).toEqual([{ kind: 'link', href: 'https://www.example.com/a', text: 'our site', where: 'www.example.com' }]);
  });

  it.each(['e.g.', 'i.e. this', 'p.ex. ceci', 'т.е. так', 'a.m.', 'M.de La Fontaine', 'Done.It works', 'fermé.Le lundi', 'readme.md', 'menu.pdf', 'photo.jpg/png', 'main.rs', 'script.sh', 'index.html', 'src/main.py', 'v1.2.3', '12.30', '3.in', 'a..com', '.com', 'user@example', 'ftp://example.com', '/www.example.com', 'x_www.example.com', 'example.com_old', 'example.comet', 'www.'])(
    'sees no address in %s',
    (words) => {
      expect(inline(words)).toEqual([text(words)]);
    },
  );

  it.each([
    ['+33 6 39 98 00 09', 'tel:+33639980009'],
    ['+33\u00a06\u202f39.98.00.09', 'tel:+33639980009'],
    ['+33 (0)6 39 98 00 09', 'tel:+33639980009'],
    ['0033 6 39 98 00 09', 'tel:+33639980009'],
    ['+55 (48) 99924-6868', 'tel:+5548999246868'],
    ['+7 (912) 345-67-89', 'tel:+79123456789'],
    ['+442079460958', 'tel:+442079460958'],
    ['06 39 98 00 09', 'tel:0639980009'],
    ['06.39.98.00.09', 'tel:0639980009'],
    ['0639980009', 'tel:0639980009'],
    ['020 7946 0958', 'tel:02079460958'],
    ['(48) 99924-6868', 'tel:48999246868'],
    ['48 99924-6868', 'tel:48999246868'],
    ['8 (912) 345-67-89', 'tel:89123456789'],
    ['8 912 345-67-89', 'tel:89123456789'],
  ])('calls %s', (words, href) => {
    for (const [before, after] of [['', ''], ['call ', '.'], ['Tél. : ', ', merci'], ['*', '*']] as const) {
      const links = inline(before + words + after).flatMap((part) => ('children' in part ? part.children : [part])).filter(({ kind }) => kind === 'link');
      expect(links, before + words + after).toEqual([{ kind: 'link', href, text: words }]);
    }
  });

  it.each(['01.12.2026', '01.12.2026 10:00', '2026-11-30', '08:00-12:30', '10 000 000 000 €', '+10 %', '0.123456789', '4242 4242 4242 4242', 'order 1234567890', '№0123456789', '12 000-15 000', 'FR76 3000 6000 0112 3456 7890 189', '01/02/2026', '1+2000000000', '+33 6 39 98 00 09 12 34', '192.168.0.1', '0,0612345678', '06 39 98'])(
    'sees no phone number in %s',
    (words) => {
      expect(inline(words)).toEqual([text(words)]);
    },
  );

  it('needs words that can be seen', () => {
    for (const words of ['[ ](https://a.example)', '[\u200b](https://a.example)', '[](https://a.example)']) {
      expect(inline(words).find((part) => part.kind === 'link'), words).toEqual({ kind: 'link', href: 'https://a.example/', text: 'https://a.example' });
    }
  });

  it('reads lists, quotes and blocks of code', () => {
    expect(parse('Intro\n- one\n- two\n\n3. three\n> quoted\n> - deep\n```\n<b>*raw*</b>\n```\nEnd')).toEqual([
      { kind: 'paragraph', children: [text('Intro')] },
      { kind: 'list', ordered: false, start: 1, items: [[text('one')], [text('two')]] },
      { kind: 'list', ordered: true, start: 3, items: [[text('three')]] },
      { kind: 'quote', blocks: [{ kind: 'paragraph', children: [text('quoted')] }, { kind: 'list', ordered: false, start: 1, items: [[text('deep')]] }] },
      { kind: 'code', text: '<b>*raw*</b>' },
      { kind: 'paragraph', children: [text('End')] },
    ]);
  });

  it('keeps line breaks within a paragraph and parts paragraphs at empty lines', () => {
    expect(parse('a\nb\n\nc')).toEqual([
      { kind: 'paragraph', children: [text('a\nb')] },
      { kind: 'paragraph', children: [text('c')] },
    ]);
  });

  it('treats HTML as words', () => {
    const evil = '<img src=x onerror=alert(1)><script>alert(1)</script>';
    expect(parse(evil)).toEqual([{ kind: 'paragraph', children: [text(evil)] }]);
  });

  it('puts everything on one line for previews', () => {
    expect(plainText('**Hi**\n> there\n- a\n- b')).toBe('Hi there a b');
    expect(plainText('```\nx = 1\n```')).toBe('x = 1');
    expect(plainText('see [our hours](https://a.example/hours) now')).toBe('see our hours now');
  });

  it.each([['*a '], ['**a '], ['`'], ['> '], ['```\n'], ['*'], ['(https://a.example/'], ['a@'], ['- x\n'], ['['], ['[a]('], ['[a](https://'], ['[a](https://a.example/'], ['[a](https://(b'], ['[a](https://a.example) '], ['> > > > > '], ['*a* **b** '], ['a.'], ['aa.'], ['www.'], ['a-'], ['+1 '], ['0 '], ['01 ']])('reads 10,000 characters of %j in no time', (piece) => {
    const long = piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000);
    const times = Array.from({ length: 5 }, () => {
      const start = process.cpuUsage();
      parse(long);
      return process.cpuUsage(start).user / 1_000;
    });
    // Milliseconds of work, whatever else the machine does; the best of some, since the first ones warm up.
    expect(Math.min(...times)).toBeLessThan(200);
  });
});
