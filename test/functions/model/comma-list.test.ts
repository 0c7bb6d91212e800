import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommaList, writeCommaList } from '../../../functions/model/comma-list.ts';

describe('values in one text', () => {
  it.each([
    ['', []],
    ['  ', []],
    ['Mission', ['Mission']],
    [' Mission , Bernal Heights,', ['Mission', 'Bernal Heights']],
    [',,a,,b', ['a', 'b']],
    ['"Portola, Upper",Mission', ['Portola, Upper', 'Mission']],
    ['Mission, "Portola, Upper" ', ['Mission', 'Portola, Upper']],
    ['"say ""hi"", twice"', ['say "hi", twice']],
    ['""', []],
    ['"",a', ['a']],
    ['""""', ['"']],
    // Within a value that does not begin with one, a quotation mark is nothing special.
    ['Harbour & "Rope" Walk,12" subs', ['Harbour & "Rope" Walk', '12" subs']],
    ['“Hill”', ['“Hill”']],
  ])('%j is %j', (text, values) => expect(readCommaList(text)).toEqual(values));

  it.each(['"', '"old', 'a,"b', '"a"b', '"a" "b"', '"a""', ' "a" b,c'])('%j is no list', (text) =>
    expect(readCommaList(text)).toBeUndefined(),
  );

  const value = fc
    .string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '&', '饭'), maxLength: 8 })
    .map((text) => text.trim())
    .filter((text) => text !== '');

  it('are read as they were written', () => {
    fc.assert(
      fc.property(fc.array(value), (values) => {
        expect(readCommaList(writeCommaList(values))).toEqual(values);
      }),
    );
  });

  it('without quotation marks are what stands between the commas', () => {
    const plain = fc.string().map((text) => text.replaceAll('"', ''));
    fc.assert(
      fc.property(plain, (text) => {
        expect(readCommaList(text)).toEqual(text.split(',').flatMap((part) => part.trim() || []));
      }),
    );
  });
});
