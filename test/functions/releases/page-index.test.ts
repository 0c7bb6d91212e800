import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { releaseIndexOf } from '../../../functions/engine/embedded/build/index-cache.ts';
import { sealIndex } from '../../../functions/engine/embedded/file/index-format.ts';
import { unpackIndex } from '../../../functions/engine/embedded/transport/unpack-index.ts';
import type { Release } from '../../../functions/model/release.ts';
import { MOST_BRANCHES } from '../../../functions/model/site-release.ts';
import { createDirectoryReader } from '../../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { createReleaseDownloads } from '../../../functions/releases/downloads.ts';
import { packForPages, pageIndexName } from '../../../functions/releases/index-download.ts';
import { sha256 } from '../../../functions/releases/sealed-json.ts';
import { scratchStore } from '../../fixtures/scratch-store.ts';
import { releaseOf } from './release-of.ts';
import { changeChecksums, removePageIndex } from './without-page-index.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(`${tmpdir()}/curbside-page-index-`);
});
afterEach(() => rmSync(directory, { recursive: true }));

const [first, second] = [releaseOf(2), releaseOf(3)];
const publish = (release: Release) => createDirectorySink(directory).publish(release, { 'quality.json': '{}' });

/** The downloads of a new process that serves a release, and how many indexes it has packed itself. */
function downloadsOf(served: Release) {
  let packed = 0;
  const downloads = createReleaseDownloads(
    createDirectoryReader(directory),
    () => served,
    scratchStore(),
    () => releaseIndexOf(served),
    (index) => {
      packed += 1;
      return packForPages(index);
    },
  );
  return { ...downloads, packed: () => packed };
}

/** Puts another file into the place of the packed index of a release, with its checksum. */
async function replacePageIndex(version: string, bytes: Uint8Array): Promise<string> {
  const name = pageIndexName(bytes);
  await removePageIndex(directory, version);
  writeFileSync(join(directory, version, name), bytes);
  const sum = await sha256(bytes);
  await changeChecksums(join(directory, version), version, (checksums) => ({ ...checksums, [name]: sum }));
  return name;
}

describe('the index for pages', () => {
  it('is published with its release, and nothing packs it again', async () => {
    await publish(first);
    const { index, indexFile, packed } = downloadsOf(first);
    const { name = '', bytes } = (await index()) ?? {};
    expect(packed()).toBe(0);
    const { file } = unpackIndex(gunzipSync(bytes ?? ''));
    sealIndex(file);
    expect(new Uint8Array(file)).toEqual(new Uint8Array(releaseIndexOf(first).index));
    expect(Buffer.from((await indexFile(first.version, name)) ?? '')).toEqual(
      readFileSync(join(directory, first.version, name)),
    );
  });

  it('of the previous release is there for a process that has never served it', async () => {
    await publish(first);
    const before = await downloadsOf(first).index();
    await publish(second);
    const { indexFile, packed } = downloadsOf(second);
    expect(await indexFile(first.version, before?.name ?? '')).toEqual(before?.bytes);
    expect(await indexFile(first.version, 'index-000000000000.bin.gz')).toBeUndefined();
    expect(await indexFile('never-published', before?.name ?? '')).toBeUndefined();
    expect(packed()).toBe(0);
  });

  it('is packed once from a release that an earlier version of the program has published; the next publication adds it', async () => {
    await publish(first);
    const published = await downloadsOf(first).index();
    await removePageIndex(directory, first.version);
    const { index, packed } = downloadsOf(first);
    expect(await Promise.all([index(), index()])).toEqual([published, published]);
    expect(packed()).toBe(1);
    expect(await publish({ ...first, asOf: '2026-09-09' })).toBe('unchanged');
    const later = downloadsOf(first);
    expect(await later.index()).toEqual(published);
    expect(later.packed()).toBe(0);
    expect(await later.report(first.version, 'quality.json')).toBe('{}');
  });

  it('is not packed again when the same data is published again', async () => {
    let packed = 0;
    const sink = createDirectorySink(directory, (index) => {
      packed += 1;
      return packForPages(index);
    });
    expect(await sink.publish(first, { 'quality.json': '{}' })).toBe('published');
    expect(await sink.publish({ ...first, asOf: '2026-09-09' }, {})).toBe('unchanged');
    expect(packed).toBe(1);
    const { index, packed: packedLater } = downloadsOf(first);
    expect((await index())?.version).toBe(first.version);
    expect(packedLater()).toBe(0);
  });

  it('is packed from a release that was never published', async () => {
    const { index, packed } = downloadsOf(first);
    expect((await index())?.version).toBe(first.version);
    expect(packed()).toBe(1);
  });

  it.each([
    [
      'by another version of the program',
      (good: Buffer) => gzipSync(Buffer.from([99, ...gunzipSync(good).subarray(1)])),
    ],
    ['as something else', () => Buffer.from('not gzip')],
    ['as an empty file', () => Buffer.alloc(0)],
  ])('that was published %s is not used, and replaced by the next publication', async (_, change) => {
    await publish(first);
    const good = await downloadsOf(first).index();
    const bad = await replacePageIndex(first.version, change(Buffer.from(good?.bytes ?? '')));
    const { index, indexFile, packed } = downloadsOf(first);
    expect(await index()).toEqual(good);
    expect(packed()).toBe(1);
    expect(await indexFile(first.version, bad)).toBeUndefined();
    expect(await publish(first)).toBe('unchanged');
    const later = downloadsOf(first);
    expect([await later.index(), later.packed()]).toEqual([good, 0]);
  });

  it('that is damaged is not used, and repaired by the next publication', async () => {
    await publish(first);
    const good = await downloadsOf(first).index();
    const path = join(directory, first.version, good?.name ?? '');
    writeFileSync(path, readFileSync(path).fill(0, 40, 41));
    const { index, packed } = downloadsOf(first);
    expect([await index(), packed()]).toEqual([good, 1]);
    await publish(first);
    const later = downloadsOf(first);
    expect([await later.index(), later.packed()]).toEqual([good, 0]);
  });

  it('does not exist if the release is too large for pages', async () => {
    const large = releaseOf(MOST_BRANCHES + 1);
    await publish(large);
    const { index, packed } = downloadsOf(large);
    expect([await index(), packed()]).toEqual([undefined, 0]);
    expect(await createDirectoryReader(directory).fileNames(large.version)).toEqual(['quality.json']);
  });
});
