import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex } from '../../../../../functions/engine/embedded/build/index-builder.ts';
import { openIndex } from '../../../../../functions/engine/embedded/engine.ts';
import {
  appendCellRanges,
  countInRanges,
  mortonCode,
} from '../../../../../functions/engine/embedded/geo/cell-ranges.ts';
import { eachFuzzyTerm, type FuzzyMatch } from '../../../../../functions/engine/embedded/match/fuzzy-terms.ts';
import { EngineError } from '../../../../../functions/engine/engine.ts';
import { byCodePoint } from '../../../../../functions/model/comparators.ts';
import { boxContains } from '../../../../../functions/model/geo.ts';
import { continuesBeginning, editDistance } from '../../../../../functions/model/text/edit-distance.ts';
import { LANGUAGES } from '../../../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { VOCABULARY_VERSION } from '../../../../../functions/model/text/vocabulary/version.ts';
import { ANYTHING } from '../../../../fixtures/query.ts';
import { branch, town, vendor } from '../../../../fixtures/town.ts';

const RELEASE = town();
const { origin, asOf, sources } = RELEASE;
const PROVENANCE = { origin, asOf, sources };
const file = () => buildIndex(RELEASE);

/** The message with which opening these bytes fails. */
function errorOf(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    openIndex(bytes, PROVENANCE);
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
    return (error as Error).message;
  }
  return 'opened';
}

describe('an index file', () => {
  it('has the same bytes for the same release', () => {
    expect(file()).toEqual(file());
  });

  it('can be opened at any offset of a buffer', async () => {
    const bytes = file();
    for (const offset of [0, 1, 4, 8, 13]) {
      const wide = new Uint8Array(bytes.length + 32);
      wide.set(bytes, offset);
      const engine = openIndex(wide.subarray(offset, offset + bytes.length), PROVENANCE);
      expect(await engine.search({ ...ANYTHING, text: 'tacos' })).toMatchObject({ vendors: 3, branches: 4 });
    }
  });

  it('is rejected if any byte is changed', () => {
    const length = file().length;
    fc.assert(
      fc.property(fc.nat({ max: length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const bytes = file();
        bytes[at] = (bytes[at] ?? 0) ^ by;
        expect(errorOf(bytes)).toMatch(/not an index of Curbside|of format|cut short or damaged/);
      }),
      { numRuns: 300 },
    );
  });

  it('is rejected if it is truncated or extended', () => {
    const bytes = file();
    for (const length of [0, 3, 4, 8, 20, 24, 100, bytes.length - 8, bytes.length - 1]) {
      expect(errorOf(bytes.slice(0, length))).toMatch(/not an index|cut short or damaged: its \d+ bytes/);
    }
    expect(errorOf(new Uint8Array([...bytes, 0, 0, 0, 0, 0, 0, 0, 0]))).toMatch(/cut short or damaged/);
  });

  it('is rejected if it has another format, naming both, or is another kind of file', () => {
    const bytes = file();
    bytes[8] = 99;
    expect(errorOf(bytes)).toBe('it is an index of format 99.3, and this program reads 7.3');
    const other = file();
    other[10] = 7;
    expect(errorOf(other)).toBe('it is an index of format 7.7, and this program reads 7.3');
    expect(errorOf(new TextEncoder().encode('{"format":1,"vendors":[]}'))).toBe('it is not an index of Curbside');
  });

  it('has a new format when the vocabularies change: then change VOCABULARY_VERSION, and this digest', () => {
    const digest = createHash('sha256').update(JSON.stringify(LANGUAGES)).digest('hex');
    expect([VOCABULARY_VERSION, digest.slice(0, 12)]).toEqual([3, '613ffa4222c7']);
  });

  it('returns every vendor unchanged', async () => {
    const odd = vendor(
      'Ünïcode 🌮 \u0000 "quotes"',
      ['a\nb', '🌮'],
      [
        branch('b-1', 0, 0, {
          address: null,
          descriptions: ['x', 'Y Ü'],
          permit: null,
          permitUrl: null,
          expires: null,
          area: '',
        }),
        branch('b-0', 5, 5, { hours: { source: 'permit', text: 'x', week: [[10_000, 20_080]], complete: false } }),
        branch('b-2', 5, 5, { permit: 'P-b-0', permitUrl: null }),
      ],
      { id: 'odd', otherNames: ['x'], pastItems: ['🌮'], searchText: ['y'], categories: ['a', 'a'], drinks: true },
    );
    const release = town([odd, ...RELEASE.vendors]);
    const engine = openIndex(buildIndex(release), PROVENANCE);
    for (const one of release.vendors) expect(await engine.find(one.id)).toEqual(one);
  });
});

describe('eachFuzzyTerm', () => {
  const letters = fc.constantFrom(...'abcé🌮');
  const word = fc.array(letters, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(''));

  it('finds the words that the model’s edit distance finds, and those that go on after a beginning with a typo', () => {
    const words = fc.uniqueArray(word, { maxLength: 60 });
    fc.assert(
      fc.property(words, word, fc.constantFrom(1, 2), fc.boolean(), (words, wanted, most, mayBegin) => {
        const sorted = [...words].sort(byCodePoint);
        const texts = sorted.map((text) => new TextEncoder().encode(text));
        const starts = new Uint32Array(texts.length + 1);
        for (const [at, { length }] of texts.entries()) starts[at + 1] = (starts[at] ?? 0) + length;
        const bytes = new Uint8Array(texts.flatMap((text) => [...text]));
        const found: [string, FuzzyMatch][] = [];
        eachFuzzyTerm({ starts, bytes }, wanted, most as 1 | 2, mayBegin, (term, match) =>
          found.push([sorted[term] ?? '', match]),
        );
        const expected = sorted.flatMap((text): [string, FuzzyMatch][] => {
          const edits = editDistance(wanted, text, most as 1 | 2);
          if (edits !== 1 && mayBegin && continuesBeginning(text, wanted)) return [[text, 'beginning']];
          return edits ? [[text, edits as 1 | 2]] : [];
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('cell ranges', () => {
  it('contain every place of a box, however close the places are', () => {
    const bounds = { west: -10, south: -10, east: 10, north: 10 };
    // Places are a few cells apart; a cell is 20 degrees / 65,536.
    const cell = 20 / 65_536;
    const near = fc.integer({ min: -12, max: 12 }).map((cells) => (cells * cell) / 3);
    const places = fc.array(fc.tuple(near, near), { minLength: 200, maxLength: 400 });
    fc.assert(
      fc.property(places, near, near, near, near, (spots, a, b, c, d) => {
        const box = { west: Math.min(a, b), east: Math.max(a, b), south: Math.min(c, d), north: Math.max(c, d) };
        const coded = spots.map(([lat, lon]) => ({ lat, lon, code: mortonCode(bounds, lat, lon) }));
        coded.sort((one, other) => one.code - other.code);
        const ranges: number[] = [];
        appendCellRanges(
          ranges,
          Uint32Array.from(coded, ({ code }) => code),
          bounds,
          box,
        );
        const ids = new Set<number>();
        for (let range = 0; range < ranges.length; range += 2) {
          for (let id = ranges[range] ?? 0; id < (ranges[range + 1] ?? 0); id++) ids.add(id);
        }
        expect(countInRanges(ranges)).toBe(ids.size);
        for (const [id, place] of coded.entries()) if (boxContains(box, place)) expect(ids.has(id)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the code that opens an index', () => {
  /** Bundled for a browser: its size compressed, and the files in it. */
  async function bundled(entryPoint: string, external: string[] = []) {
    const result = await build({
      entryPoints: [entryPoint],
      external,
      bundle: true,
      platform: 'browser',
      format: 'esm',
      target: 'es2022',
      charset: 'utf8',
      minify: true,
      metafile: true,
      write: false,
      logLevel: 'silent',
    });
    const size = gzipSync(result.outputFiles[0]?.contents ?? '').length;
    return { size, inputs: Object.keys(result.metafile.inputs) };
  }
  const READER = 'functions/engine/embedded/engine.ts';
  const PARSER = 'functions/model/text/parser-of-release.ts';
  const FOLDING = 'functions/model/text/latin-letters.ts';

  it('bundles for a browser, without the builder, in less than 44.5 kB compressed', async () => {
    const { size, inputs } = await bundled(READER);
    expect(inputs.filter((path) => /build|store|publish|growing/.test(path))).toEqual([]);
    expect(size).toBeLessThan(44_500);
  });

  // Measured 2026-11-27: 21.7, 6.0, 18.6 and 0.5 kB; filters and facets in the order of vendors are 2.4 kB of the first, the search in
  // growing circles 0.8 kB, and matching in blocks, so that no search holds up others for 50 ms, 0.7 kB. The traditional forms of
  // Chinese are 0.7 kB of the third, and reading it by letter 0.3 kB.
  it.each([
    ['the reader without the parser', READER, ['*/parser-of-release.ts', '*/latin-letters.ts'], 22_000],
    ['the parser without the vocabularies', PARSER, ['./vocabulary/*', '*/latin-letters.ts'], 6_200],
    [
      'the vocabularies of four languages',
      'functions/model/text/vocabulary/compiled-vocabulary.ts',
      ['*/latin-letters.ts'],
      18_700,
    ],
    ['the table that writes other letters in ASCII', FOLDING, [], 700],
  ])('%s has its own bound', async (_, entryPoint, external, bound) => {
    expect((await bundled(entryPoint, external)).size).toBeLessThan(bound);
  });
});
