import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCommaList, writeCommaList } from '../../../functions/model/comma-list.ts';

describe('a comma-separated list', () => {
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
    // A quotation mark is an ordinary character in a value that does not begin with one.
    ['Harbour & "Rope" Walk,12" subs', ['Harbour & "Rope" Walk', '12" subs']],
    ['“Hill”', ['“Hill”']],
  ])('%j is %j', (text, values) => expect(readCommaList(text)).toEqual(values));

  it.each(['"', '"old', 'a,"b', '"a"b', '"a" "b"', '"a""', ' "a" b,c'])('%j is rejected', (text) =>
    expect(readCommaList(text)).toBeUndefined(),
  );

  const value = fc
    .string({ unit: fc.constantFrom('a', 'é', ' ', ',', '"', '\n', '&', '饭'), maxLength: 8 })
    .map((text) => text.trim())
    .filter((text) => text !== '');

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.array(value), (values) => {
        expect(readCommaList(writeCommaList(values))).toEqual(values);
      }),
    );
  });

  it('without quotation marks has the values between the commas', () => {
    const plain = fc.string().map((text) => text.replaceAll('"', ''));
    fc.assert(
      fc.property(plain, (text) => {
        expect(readCommaList(text)).toEqual(text.split(',').flatMap((part) => part.trim() || []));
      }),
    );
  });
});
