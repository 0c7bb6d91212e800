import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex } from '../../../../../functions/engine/embedded/build/index-builder.ts';
import { readSections, SECTION_NAMES, sealIndex } from '../../../../../functions/engine/embedded/file/index-format.ts';
import { packIndex } from '../../../../../functions/engine/embedded/transport/pack-index.ts';
import { PARTS } from '../../../../../functions/engine/embedded/transport/packed-layout.ts';
import { IndexUnpacker, unpackIndex } from '../../../../../functions/engine/embedded/transport/unpack-index.ts';
import { EngineError } from '../../../../../functions/engine/engine.ts';
import type { Release } from '../../../../../functions/model/release.ts';
import { findCity } from '../../../../../seed/find-city.ts';
import { noSharedData } from '../../../../fixtures/shared-data.ts';
import { anywhere, cityAround, syntheticContent, syntheticVendors } from '../../../../fixtures/synthetic-city.ts';
import { branch, town, vendor, WELL } from '../../../../fixtures/town.ts';
import { LOADS, loadFiles, VANCOUVER } from '../../../../seed/load-snapshot.ts';

function unpackedFile(packed: Uint8Array): Uint8Array {
  const { file } = unpackIndex(packed);
  sealIndex(file);
  return new Uint8Array(file);
}

/** Packs and unpacks the index of a release; returns the compressed size of the packed form. */
function expectSameBytes(release: Release): number {
  const index = buildIndex(release);
  const packed = packIndex(index);
  // `toEqual` is slow for millions of bytes.
  expect(Buffer.compare(unpackedFile(packed), index)).toBe(0);
  return gzipSync(packed, { level: 9, memLevel: 4 }).length;
}

function city(branches: number, scatter = cityAround(WELL), seed = 1): Release {
  const vendors = [...syntheticVendors(branches, scatter, seed)];
  return { ...town(vendors), ...syntheticContent(branches, WELL), vendors };
}

describe('a packed index becomes the same bytes again', () => {
  it('of invented cities of all sizes', () => {
    for (const branches of [0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 750, 2_000]) expectSameBytes(city(branches));
    expectSameBytes(city(500, anywhere(-90, 90)));
  });

  it('of any town', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(
        'Tacos',
        'hot dogs',
        'Hot Dogs',
        '7-Up',
        'D & T',
        'ñandú',
        '北京烤鸭',
        'борщ',
        '',
        ' ',
        '"\\\n',
        '😀 Café',
      ),
    );
    const degrees = fc.oneof(
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(0, -0, 0.5, 1e-7, 5e-324, 1 / 3, 0.123_456_789_012_3),
    );
    const branches = fc.record({
      lat: degrees,
      lon: degrees,
      address: fc.option(text),
      descriptions: fc.array(text, { maxLength: 2 }),
      area: fc.option(text),
      permit: fc.option(text),
      permitUrl: fc.option(text),
      status: fc.constantFrom('approved', 'expired'),
    });
    const vendors = fc.record({
      id: text,
      name: text,
      otherNames: fc.array(text, { maxLength: 2 }),
      items: fc.array(text, { maxLength: 5 }),
      categories: fc.array(text, { maxLength: 2 }),
      branches: fc.array(branches, { maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(vendors, { maxLength: 12 }), (list) => {
        const made = list.map((one, at) =>
          vendor(
            one.name,
            one.items,
            one.branches.map((place, nth) => branch(`${at}-${nth}`, 0, 0, place)),
            { id: `${one.id}${at}`, otherNames: one.otherNames, categories: one.categories },
          ),
        );
        expectSameBytes(town(made));
      }),
      { numRuns: 60 },
    );
  });

  describe.skipIf(noSharedData)('of real data', () => {
    it.each(LOADS)('San Francisco, %s', async (name, sources) => {
      const { release } = await loadFiles(findCity('san-francisco'), sources);
      const bytes = expectSameBytes(release);
      // The goal for a site: 455 branches, with permits of every state.
      if (name === '2024-08-29') expect(bytes).toBeLessThan(60_000);
    });

    it.each(VANCOUVER)('%s', async (permits) => {
      const { release } = await loadFiles(findCity('vancouver'), { permits });
      expectSameBytes(release);
    });
  });
});

describe('the form of a packed index', () => {
  const index = buildIndex(city(750));

  it('has every section once', () => {
    const names = PARTS.flatMap(({ sections }) => sections);
    expect([...names].sort()).toEqual([...SECTION_NAMES].sort());
  });

  it('returns what it derives, so an index without these sections is much smaller', () => {
    const plain = gzipSync(index, { level: 9, memLevel: 4 }).length;
    expect(gzipSync(packIndex(index), { level: 9, memLevel: 4 }).length).toBeLessThan(plain * 0.45);
  });

  it('survives a change of the engine: a section that is not derived as expected is packed as it is', () => {
    for (const name of SECTION_NAMES.filter((one) => one !== 'metadata')) {
      const changed = index.slice();
      const section = readSections(changed)[name];
      const bytes = new Uint8Array(section.buffer, section.byteOffset, section.byteLength);
      if (bytes.length === 0) continue;
      // A low byte somewhere in the middle.
      const at = Math.floor(bytes.length / 2 / section.BYTES_PER_ELEMENT) * section.BYTES_PER_ELEMENT;
      bytes[at] = (bytes[at] as number) ^ 1;
      sealIndex(changed.buffer);
      expect(Buffer.compare(unpackedFile(packIndex(changed)), changed), name).toBe(0);
    }
  });

  it('is unpacked while it arrives, in pieces of any size', () => {
    const packed = packIndex(index);
    for (const size of [1, 2, 7, 1_000, 50_000, packed.length]) {
      const unpacker = new IndexUnpacker();
      expect(unpacker.metadata).toBeUndefined();
      for (let at = 0; at < packed.length; at += size) {
        // Half of the index is enough for the first part.
        if (at > packed.length / 2) expect(unpacker.metadata?.branches).toBe(750);
        unpacker.add(packed.subarray(at, at + size));
      }
      const { file } = unpacker.finish();
      sealIndex(file);
      expect(Buffer.compare(new Uint8Array(file), index), String(size)).toBe(0);
    }
  });

  it('is refused if it is cut short, of another version, or not one', () => {
    const packed = packIndex(index);
    for (const length of [0, 1, 10, 1_000, packed.length - 1]) {
      expect(() => unpackIndex(packed.slice(0, length)), String(length)).toThrow(EngineError);
    }
    const other = packed.slice();
    other[0] = (other[0] as number) + 1;
    expect(() => unpackIndex(other)).toThrow('this version of the program');
    expect(() => unpackIndex(index)).toThrow('this version of the program');
  });
});
