import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hasUnsafeCharacters,
  terminalText,
  withoutUnsafeCharacters,
} from '../../../../functions/model/text/unsafe-characters.ts';
import { createLog } from '../../../../functions/node/log.ts';

describe('unsafe characters', () => {
  it.each([
    ['A\u001b[31mB', 'AB'],
    ['no \u001b[2J\u001b[1;31mPWNED', 'no PWNED'],
    ['x\u001b]0;title\u0007y', 'xy'],
    ['x\u009b31my', 'xy'],
    ['a\u0007b\u007f', 'ab'],
    ['Taco\u202eevil\u202c', 'Tacoevil'],
    ['\u2066Taco\u2069\u200e', 'Taco'],
    ['Tacos\u200bHid\u00adden\ufeff', 'TacosHidden'],
    ['a\u2028b\u000bc', 'a b c'],
    ['a\ud800b', 'ab'],
    ['a\u200db', 'ab'],
    ['Taco \u200d👨‍👩‍👧‍👦', 'Taco 👨‍👩‍👧‍👦'],
  ])('%j: %j', (text, clean) => {
    expect(withoutUnsafeCharacters(text)).toBe(clean);
    expect(hasUnsafeCharacters(text)).toBe(true);
  });

  it.each(['Crème Brûlée', 'a\tb\r\nc', '🌮🔥 👨‍👩‍👧‍👦', 'می‌خواهم', 'क्‍ष', 'شاورما', '寿司', '½ €'])(
    '%s stays as it is',
    (text) => {
      expect(withoutUnsafeCharacters(text)).toBe(text);
      expect(hasUnsafeCharacters(text)).toBe(false);
    },
  );

  it('are shown by their number on a terminal', () => {
    expect(terminalText('A\u001b[31mB\u202e\r\n\tC')).toBe('A\\u{1b}[31mB\\u{202e}\\u{d}\n\tC');
  });

  it('are escaped in a log, whose lines stay the same JSON', () => {
    const lines: string[] = [];
    createLog((line) => lines.push(line))('asked', { q: 'a\u202e\u009b\u{e0041}b' });
    expect(lines[0]).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ q: 'a\u202e\u009b\u{e0041}b' });
  });

  it('are gone from any text, and a second time changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = withoutUnsafeCharacters(text);
        expect(hasUnsafeCharacters(clean)).toBe(false);
        expect(withoutUnsafeCharacters(clean)).toBe(clean);
        expect(terminalText(text)).not.toMatch(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
      { numRuns: 2000 },
    );
  });
});
