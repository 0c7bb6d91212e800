import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Release, releaseText } from '../../../functions/model/release.ts';
import { PAGE_INDEX_NAME } from '../../../functions/model/site-release.ts';
import { createReleaseDownloads } from '../../../functions/releases/downloads.ts';
import { type ReleaseFolder, releaseFolderOf } from '../../../functions/releases/release-folder.ts';
import type { Bucket } from '../../../functions/releases/s3-client.ts';
import { createS3Reader, readS3Pointer, readS3Release } from '../../../functions/releases/s3-reader.ts';
import { createS3Sink } from '../../../functions/releases/s3-sink.ts';
import { noMoto } from '../../fixtures/aws-emulators.ts';
import { scratchStore } from '../../fixtures/scratch-store.ts';
import { hashedRelease } from './hashed-release.ts';
import { motoBucket } from './moto-bucket.ts';

describe.skipIf(noMoto)('releases in a bucket', () => {
  const store = motoBucket();
  let bucket: Bucket;
  let folder: ReleaseFolder;
  beforeEach(() => {
    ({ bucket, folder } = store);
  });
  const keys = async () =>
    ((await store.s3.send(new ListObjectsV2Command({ Bucket: bucket.name }))).Contents ?? [])
      .map(({ Key = '' }) => Key)
      .sort();
  const [a, b, c, d] = ['Ada', 'Bea', 'Cid', 'Dot'].map((name) => hashedRelease(name)) as [
    Release,
    Release,
    Release,
    Release,
  ];

  it('are published as a whole or not at all', async () => {
    const sink = createS3Sink(folder);
    expect(await sink.current()).toBeUndefined();
    expect(await sink.publish(a, { 'quality.txt': 'fine' })).toBe('published');
    expect(await sink.current()).toMatchObject({ version: a.version, branches: 3, refused: [] });
    expect(await readS3Release(folder, a.version)).toEqual(a);
    const names = (await keys()).map((key) => key.replace(`data/${a.version}/`, ''));
    expect(names).toEqual([
      expect.stringMatching(PAGE_INDEX_NAME),
      'index.bin',
      'provenance.json',
      'quality.txt',
      'release.json',
      'data/current.json',
    ]);
    // A publisher that died before it moved the pointer.
    await bucket.put(`data/${b.version}/release.json`, {
      body: releaseText(b),
      contentType: 'application/json',
      cacheControl: '',
    });
    expect(await sink.current()).toMatchObject({ version: a.version });
    expect(await sink.publish(b, {})).toBe('published');
    expect(await readS3Release(folder, b.version)).toEqual(b);
  });

  it('with unchanged content get only new provenance', async () => {
    const sink = createS3Sink(folder);
    await sink.publish(a, {});
    const before = await readS3Pointer(folder);
    const again = { ...a, sources: [{ name: 'permits', from: 'permits.csv', fetchedAt: '2026-09-04T00:00:00Z' }] };
    expect(await sink.publish(again, {})).toBe('unchanged');
    const after = await readS3Pointer(folder);
    if (!before || !after) throw new Error('no pointer');
    expect(after.pointer).toEqual(before.pointer);
    // Readers compare ETags, so it must change.
    expect(after.etag).not.toBe(before.etag);
    expect(await readS3Release(folder, a.version)).toEqual(again);
    // Data without dates has only a newer day of reading.
    expect(await sink.publish({ ...again, asOf: '2026-09-05' }, {})).toBe('unchanged');
    expect((await readS3Pointer(folder))?.etag).not.toBe(after.etag);
  });

  it('are kept for two rollbacks, and removed after that', async () => {
    const sink = createS3Sink(folder);
    for (const one of [a, b, c, d]) await sink.publish(one, {});
    const versions = new Set((await keys()).flatMap((key) => key.split('/')[1] ?? []));
    expect(versions).toEqual(new Set(['current.json', d.version, c.version, b.version]));
    expect(await sink.rollback()).toMatchObject({ version: c.version, refused: [d.version] });
    expect(await sink.rollback()).toMatchObject({ version: b.version, refused: [c.version, d.version] });
    await expect(sink.rollback()).rejects.toThrow(/has no release before/);
    expect(await readS3Release(folder, b.version)).toEqual(b);
  });

  it('survive publishers that run at the same time', async () => {
    const sinks = [createS3Sink(folder), createS3Sink(folder), createS3Sink(folder)];
    await Promise.all([a, b, c].map((one, at) => sinks[at]?.publish(one, {})));
    const read = await readS3Pointer(folder);
    if (!read) throw new Error('no pointer');
    const { version, previous } = read.pointer;
    expect(new Set([version, ...previous])).toEqual(new Set([a, b, c].map((one) => one.version)));
    for (const one of [a, b, c]) expect(await readS3Release(folder, one.version)).toEqual(one);
  });

  it('are rejected when they are damaged', async () => {
    await createS3Sink(folder).publish(a, {});
    await bucket.put(`data/${a.version}/release.json`, {
      body: releaseText(b),
      contentType: 'application/json',
      cacheControl: '',
    });
    await expect(readS3Release(folder, a.version)).rejects.toThrow(/its content is not the one that was published/);
    await bucket.put('data/current.json', { body: '{', contentType: 'application/json', cacheControl: '' });
    // Its provenance is whole, so that the bucket is known to have had this release.
    expect(await createS3Sink(folder).current()).toMatchObject({ version: a.version, branches: 3 });
    await bucket.remove(`data/${a.version}/provenance.json`);
    await expect(createS3Sink(folder).current()).rejects.toThrow(/current.json is damaged/);
    expect(await createS3Sink(folder).publish(a, {})).toBe('published');
    expect(await readS3Release(folder, a.version)).toEqual(a);
  });

  it('of two cities are in folders of their own', async () => {
    const other = releaseFolderOf(bucket, 'beta', false);
    const [sink, otherSink] = [createS3Sink(folder), createS3Sink(other)];
    await sink.publish(a, {});
    await otherSink.publish(b, {});
    const folders = new Set((await keys()).map((key) => key.split('/').slice(0, -1).join('/')));
    expect(folders).toEqual(new Set(['data', `data/${a.version}`, 'cities/beta', `cities/beta/${b.version}`]));
    // Without its pointer, the newest release of the same folder takes its place.
    await bucket.remove('cities/beta/current.json');
    const found = await readS3Pointer(other);
    expect(found).toMatchObject({ pointer: { version: b.version, previous: [] } });
    expect(found?.warning).toContain(`s3://${bucket.name}/cities/beta/current.json is missing`);
    await otherSink.publish(c, {});
    expect(await otherSink.rollback()).toMatchObject({ version: b.version, refused: [c.version] });
    expect(await sink.current()).toMatchObject({ version: a.version, refused: [] });
  });

  it('can be downloaded together with their reports', async () => {
    const sink = createS3Sink(folder);
    await sink.publish(a, { 'quality.txt': 'fine' });
    await sink.publish(b, {});
    const files = createReleaseDownloads(createS3Reader(folder), () => b, scratchStore());
    expect(await files.current()).toBe(b);
    expect(await files.release(a.version)).toEqual(a);
    expect(await files.release('2020-01-01-000000000000')).toBeUndefined();
    expect(await files.report(a.version, 'quality.txt')).toBe('fine');
    expect(await files.report(b.version, 'quality.txt')).toBeUndefined();
  });
});
