import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { fingerprint, zip } from '../../../infra/stack/zip.ts';

describe('a zip', () => {
  const files = fc.uniqueArray(
    fc.tuple(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?\.js$/), fc.uint8Array({ maxLength: 300 })),
    {
      selector: ([path]) => path,
      maxLength: 6,
    },
  );

  it('has the same bytes for the same files in any order, and unpacks to them', () => {
    fc.assert(
      fc.property(files, (list) => {
        const bytes = zip(new Map(list));
        expect(Buffer.compare(Buffer.from(bytes), Buffer.from(zip(new Map([...list].reverse()))))).toBe(0);
        expect(fingerprint(new Map(list))).toBe(fingerprint(new Map([...list].reverse())));
        const back = unzipSync(bytes);
        expect(Object.keys(back).sort()).toEqual(list.map(([path]) => path).sort());
        for (const [path, content] of list)
          expect(Buffer.compare(Buffer.from(back[path] ?? []), Buffer.from(content))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});
