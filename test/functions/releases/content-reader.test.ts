import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Release, releaseParts, releaseText } from '../../../functions/model/release.ts';
import type { Vendor } from '../../../functions/model/vendor.ts';
import type { ContentHead } from '../../../functions/releases/content-parser.ts';
import { readContent } from '../../../functions/releases/content-reader.ts';
import { readCurrentRelease } from '../../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { openCurrentRelease } from '../../../functions/releases/open-release.ts';
import { branch, town, vendor } from '../../fixtures/town.ts';
import { releaseOf } from './release-of.ts';

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text));
const versionOf = (text: string) =>
  `2026-09-01-${createHash('sha256').update(bytesOf(text)).digest('hex').slice(0, 12)}`;

/** Chunks of random lengths. All of them are in one array, which the next one overwrites, as those of a file are. */
function* chunksOf(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  const shared = new Uint8Array(Math.max(...lengths));
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length] as number;
    const chunk = bytes.subarray(at, at + length);
    shared.set(chunk);
    yield shared.subarray(0, chunk.length);
    at += length;
  }
}

async function read(version: string, chunks: Iterable<Uint8Array>): Promise<{ head?: ContentHead; vendors: Vendor[] }> {
  const found: { head?: ContentHead; vendors: Vendor[] } = { vendors: [] };
  await readContent(version, chunks, {
    head: (head) => Object.assign(found, { head }),
    vendors: (vendors) => found.vendors.push(...vendors),
  });
  return found;
}

/** Texts with everything that JSON, and a search for the end of a vendor, may stumble over. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', '\n', 'é', '🌮', '\u2028'),
    maxLength: 12,
  }),
  fc.constantFrom('"vendors":[', '],"vendors":[{', '\\"', '\\\\', ']}'),
);
const releases = fc
  .record({
    name: text,
    vendors: fc.array(fc.record({ name: text, items: fc.array(text, { maxLength: 3 }) }), { maxLength: 6 }),
  })
  .map(({ name, vendors }): Release => {
    const release = town(vendors.map((one, at) => vendor(one.name, one.items, [branch(`place-${at}`, at, at)])));
    return { ...release, city: { ...release.city, name } };
  });
const lengths = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 });

/** Six vendors with a chain among them, whose text has every kind of character. */
const SMALL = town(
  ['Taco "by" the Well', 'Back\\slash', 'Lists [and] {objects}', '🌮', 'Café', 'Noodles'].map((name, at) =>
    vendor(
      name,
      ['Tacos', 'Tea'],
      Array.from({ length: at === 2 ? 4 : 1 }, (_, of) => branch(`place-${at}-${of}`, at, of)),
    ),
  ),
);
const SMALL_TEXT = releaseText(SMALL);
const SMALL_BYTES = bytesOf(SMALL_TEXT);
const SMALL_VERSION = versionOf(SMALL_TEXT);
const refusalOf = (bytes: Uint8Array, version = SMALL_VERSION, lengths = [100]) =>
  read(version, chunksOf(bytes, lengths)).then(
    () => 'accepted',
    ({ message }: Error) => message,
  );

describe('the content of a release', () => {
  it('is written in parts, which are the bytes of one text, and reading gives the same release, in chunks of any length', async () => {
    await fc.assert(
      fc.asyncProperty(releases, lengths, async (release, sizes) => {
        const whole = releaseText(release);
        expect([...releaseParts(release)].join('')).toBe(whole);
        const version = versionOf(whole);
        const { format, city, accounts, vendors } = release;
        expect(await read(version, chunksOf(bytesOf(whole), sizes))).toEqual({
          head: { format, city, accounts, version },
          vendors: JSON.parse(JSON.stringify(vendors)),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when it is cut off at any byte, in a sentence', async () => {
    for (let end = 0; end < SMALL_BYTES.length; end++) {
      const message = await refusalOf(SMALL_BYTES.subarray(0, end));
      expect(message, `${end} bytes`).toMatch(/it is cut short|JSON/);
    }
    // In the vendors, the sentence names the place.
    const at = Buffer.byteLength([...releaseParts(SMALL)].slice(0, 3).join('')) + 1;
    expect(await refusalOf(SMALL_BYTES.subarray(0, at + 50))).toBe(
      `it is cut short: its JSON ends at byte ${at + 50}, in vendor 3, which begins at byte ${at}`,
    );
  });

  it('is refused when any bit is changed', async () => {
    for (let at = 0; at < SMALL_BYTES.length; at++) {
      const damaged = SMALL_BYTES.slice();
      damaged[at] = (damaged[at] as number) ^ (1 << (at % 8));
      expect(await refusalOf(damaged, SMALL_VERSION, [37, 211]), `byte ${at}`).not.toBe('accepted');
    }
  });

  it.each<[string, (text: string) => string, RegExp]>([
    [
      'a vendor that is not JSON',
      (whole) => whole.replace('"Back\\\\slash"', 'Back'),
      /^vendor 2, bytes \d+ to \d+, is not JSON: /,
    ],
    [
      'something else than a vendor',
      (whole) => whole.replace('"vendors":[', '"vendors":[7,'),
      /^byte \d+ of its JSON, after vendor 0, is not/,
    ],
    [
      'a vendor without a comma',
      (whole) => whole.replace('},{"id"', '}{"id"'),
      /^byte \d+ of its JSON, after vendor \d, is not/,
    ],
    ['two commas', (whole) => whole.replace('"vendors":[', '"vendors":[,'), /after vendor 0, is not/],
    ['something after its end', (whole) => `${whole} {}`, /^something follows its JSON at byte \d+$/],
    ['no vendors', () => '{"format":2}', /^it is JSON without a list of vendors$/],
    [
      'another format',
      (whole) => whole.replace('"format":2', '"format":3'),
      /^it is a release of format 3, and this program reads 2$/,
    ],
    ['null', () => 'null', /^it is a release of format undefined, and this program reads 2$/],
    ['another version', (whole) => whole.replace('Tea', 'Tee'), /^its content is not the one that was published$/],
  ])('is refused with a sentence that names the place: %s', async (_, change, sentence) => {
    const changed = change(SMALL_TEXT);
    for (const sizes of [[1], [100], [100_000]]) {
      const version = sentence.source.includes('published') ? SMALL_VERSION : versionOf(changed);
      expect(await refusalOf(bytesOf(changed), version, sizes)).toMatch(sentence);
    }
  });

  it('is not searched for the end of a vendor without limit', async () => {
    const open = bytesOf(`${SMALL_TEXT.slice(0, SMALL_TEXT.indexOf('[{"id"') + 1)}{"id":"`);
    function* endless() {
      yield open;
      for (;;) yield new Uint8Array(2 ** 22).fill(0x61);
    }
    await expect(read(SMALL_VERSION, endless())).rejects.toThrow(
      /^the JSON of vendor 1, .* does not end within \d+ bytes$/,
    );
  });

  it('lets other requests run while a large one is parsed', async () => {
    const many = town(
      Array.from({ length: 20_000 }, (_, at) => vendor(`Vendor ${at}`, ['Tacos'], [branch(`${at}`, 1, 1)])),
    );
    const whole = releaseText(many);
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const { vendors } = await read(versionOf(whole), [bytesOf(whole)]);
    clearInterval(timer);
    expect(vendors).toHaveLength(20_000);
    expect(turns).toBeGreaterThan(2);
  });
});

describe('a release that was written as one text', () => {
  it('is read, opened, published again and rolled back to', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'curbside-one-text-'));
    const [old, next] = [releaseOf(3), releaseOf(5)];
    const { version, origin, asOf, sources } = old;
    await mkdir(join(directory, version));
    await writeFile(join(directory, version, 'release.json'), releaseText(old));
    await writeFile(join(directory, version, 'provenance.json'), JSON.stringify({ origin, asOf, sources }));
    await writeFile(
      join(directory, 'current.json'),
      JSON.stringify({ version, branches: 3, previous: [], refused: [] }),
    );
    expect(await readCurrentRelease(directory)).toEqual({ release: old, warnings: [] });
    expect(await (await openCurrentRelease(directory))?.engine.about()).toMatchObject({ version, branches: 3 });
    const sink = createDirectorySink(directory);
    await sink.publish(next, {});
    expect(await sink.rollback()).toMatchObject({ version, branches: 3, refused: [next.version] });
    await rm(directory, { recursive: true });
  });
});
