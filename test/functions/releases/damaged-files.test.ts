import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineError, type Sink } from '../../../functions/engine/engine.ts';
import type { Release } from '../../../functions/model/release.ts';
import { createDirectoryReader, directoryFiles } from '../../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { readNewestVersion } from '../../../functions/releases/newest-release.ts';
import { openRelease } from '../../../functions/releases/open-release.ts';
import { releaseFolderOf } from '../../../functions/releases/release-folder.ts';
import type { ReleaseReader } from '../../../functions/releases/release-reader.ts';
import { type Bucket, openBucket } from '../../../functions/releases/s3-client.ts';
import { createS3Reader, s3Files } from '../../../functions/releases/s3-reader.ts';
import { createS3Sink } from '../../../functions/releases/s3-sink.ts';
import type { StoreFiles } from '../../../functions/releases/store-files.ts';
import { noMoto, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { Random } from '../../fixtures/random.ts';
import { releaseOf } from './release-of.ts';

type Store = {
  readonly sink: Sink;
  readonly reader: ReleaseReader;
  readonly files: StoreFiles;
  read(path: string): Promise<Uint8Array>;
  write(path: string, bytes: Uint8Array): Promise<unknown>;
};

const source = (day: number) => [{ name: 'permits', from: 'permits.csv', fetchedAt: `2026-09-0${day}T00:00:00Z` }];
const [first, second, third] = [3, 5, 7].map((branches, at) => releaseOf(branches, { sources: source(at + 1) })) as [
  Release,
  Release,
  Release,
];
const REPORTS = { 'quality.json': '{"rows":12,"faults":[]}\n', 'quality.txt': '12 rows, no faults\n' };

/** Publishes three releases, and rolls back from the last one. */
async function fill({ sink }: Store): Promise<void> {
  for (const release of [first, second, third]) await sink.publish(release, REPORTS);
  await sink.rollback();
}

const PATHS = [
  'current.json',
  ...['release.json', 'provenance.json', 'index.bin', 'quality.json', 'quality.txt'].map(
    (name) => `${second.version}/${name}`,
  ),
];

/** Everything that readers get from a store: each part is right, or refused with an EngineError. */
async function checkAnswers({ reader, files }: Store, path: string): Promise<'right' | 'fallback'> {
  const warnings: string[] = [];
  const warn = (sentence: string) => warnings.push(sentence);
  const content = await readNewestVersion(files, (version) => reader.release(version));
  const opened = await readNewestVersion(files, (version) => openRelease(reader, version, warn));
  const read = content?.value.version === second.version ? second : first;
  expect(content?.value).toEqual(read);
  const about = await opened?.value.engine.about();
  const searched = about?.version === second.version ? second : first;
  const { origin, asOf, sources } = searched;
  expect(about).toMatchObject({ version: searched.version, origin, asOf, sources });
  expect((await opened?.value.engine.search(ANYTHING))?.branches).toBe(searched === second ? 5 : 3);
  for (const [name, text] of Object.entries(REPORTS)) {
    const report = await reader.text(second.version, name).catch((error: unknown) => error);
    if (!(report instanceof EngineError)) expect(report).toBe(text);
  }
  const isFallback = read === first || searched === first;
  // Only these two can make a release unreadable. Without the pointer it is found, and not the one that was rolled back from.
  if (isFallback) expect(path).toMatch(/(release|provenance)\.json$/);
  if (isFallback) expect([...(content?.warnings ?? []), ...(opened?.warnings ?? [])].join()).toContain(second.version);
  return isFallback ? 'fallback' : 'right';
}

/** Changes a bit at seeded positions of each file, and cuts each file short. */
async function damageAll(store: Store, positions: number): Promise<Record<string, number>> {
  const random = new Random(17);
  const counts = { right: 0, fallback: 0 };
  for (const path of PATHS) {
    const whole = await store.read(path);
    for (let at = 0; at < positions; at++) {
      const damaged = whole.slice();
      const position = random.below(damaged.length);
      damaged[position] = (damaged[position] as number) ^ (1 << random.below(8));
      await store.write(path, at % 4 === 3 ? whole.slice(0, position) : damaged);
      counts[await checkAnswers(store, path)]++;
    }
    await store.write(path, whole);
  }
  return counts;
}

describe('damaged files in a directory', () => {
  let directory: string;
  let store: Store;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'curbside-damaged-'));
    store = {
      sink: createDirectorySink(directory),
      reader: createDirectoryReader(directory),
      files: directoryFiles(directory),
      read: async (path) => new Uint8Array(await readFile(join(directory, path))),
      write: (path, bytes) => writeFile(join(directory, path), bytes),
    };
    await fill(store);
  });
  afterAll(() => rm(directory, { recursive: true }));

  it('are refused, or the answer is right', async () => {
    const { right, fallback } = await damageAll(store, 60);
    expect(right).toBeGreaterThan(200);
    expect(fallback).toBeGreaterThan(60);
  });

  it.each<[string, string | null]>([
    ['that is missing', null],
    ['that is empty', ''],
    ['half written', '{"version":"2026-09-'],
    ['that is garbage', '\u0000\u0001 garbage'],
    ['with wrong types', '{"version":1,"branches":"2","previous":{},"refused":null}'],
    ['with a path', '{"version":"../../etc","branches":1,"previous":[],"refused":[]}'],
    ['to a missing version', '{"version":"2026-09-01-0123456789ab","branches":1,"previous":[],"refused":[]}'],
    ['with an unknown key', `{"version":"${first.version}","branches":1,"previous":[],"refused":[],"x":1}`],
    ['that is a list', '[]'],
    ['with a very long version', `{"version":"${'a'.repeat(100_000)}","branches":1,"previous":[],"refused":[]}`],
  ])('a pointer %s: the newest release that was not rolled back from takes its place', async (_, text) => {
    const whole = await readFile(join(directory, 'current.json'));
    if (text === null) await rm(join(directory, 'current.json'));
    else await writeFile(join(directory, 'current.json'), text);
    const newest = await readNewestVersion(store.files, store.reader.release);
    // A pointer that is whole and names a missing version says nothing about rollbacks; the folder of the third release does.
    expect(newest?.value).toEqual(second);
    expect(newest?.warnings.join()).toMatch(/current\.json is (damaged|missing)|2026-09-01-0123456789ab/);
    expect(newest?.warnings.join().length).toBeLessThan(1_000);
    const again = { ...second, asOf: '2026-09-09' };
    expect(await store.sink.publish(again, REPORTS)).toBe('published');
    expect(await readNewestVersion(store.files, store.reader.release)).toEqual({ value: again, warnings: [] });
    await store.sink.publish(second, REPORTS);
    await writeFile(join(directory, 'current.json'), whole);
  });

  it('are repaired by the next publication of the same content', async () => {
    for (const path of PATHS) {
      await writeFile(join(directory, path), 'damaged');
      await store.sink.publish(second, REPORTS);
      expect(await readNewestVersion(store.files, store.reader.release)).toEqual({ value: second, warnings: [] });
      expect(await store.reader.text(second.version, 'quality.txt')).toBe(REPORTS['quality.txt']);
      const warnings: string[] = [];
      await openRelease(store.reader, second.version, (sentence) => warnings.push(sentence));
      expect(warnings).toEqual([]);
    }
  });

  it('of a release from before there were checksums are read, and get them at the next publication', async () => {
    const old = await mkdtemp(join(tmpdir(), 'curbside-old-'));
    await mkdir(join(old, second.version));
    for (const name of await readdir(join(directory, second.version))) {
      await cp(join(directory, second.version, name), join(old, second.version, name));
    }
    const { origin, asOf, sources, version } = second;
    const provenance = join(old, version, 'provenance.json');
    await writeFile(provenance, JSON.stringify({ origin, asOf, sources }));
    await writeFile(join(old, 'current.json'), JSON.stringify({ version, branches: 5, previous: [], refused: [] }));
    const reader = createDirectoryReader(old);
    expect(await readNewestVersion(directoryFiles(old), reader.release)).toEqual({ value: second, warnings: [] });
    expect(await reader.text(version, 'quality.txt')).toBe(REPORTS['quality.txt']);
    await createDirectorySink(old).publish(second, REPORTS);
    expect(JSON.parse(await readFile(provenance, 'utf8'))).toMatchObject({
      sha256: expect.stringMatching(/^[\da-f]{64}$/),
    });
    await rm(old, { recursive: true });
  });
});

describe.skipIf(noMoto)('damaged objects in a bucket', () => {
  let moto: RunningService;
  let bucket: Bucket;
  let store: Store;
  beforeAll(async () => {
    moto = await startMoto();
    const access = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    const s3 = new S3Client({ ...access, endpoint: moto.url, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'damaged' }));
    bucket = openBucket({ ...access, bucket: 'damaged', endpoint: moto.url });
    const folder = releaseFolderOf(bucket, 'springfield', true);
    const key = (path: string) => `data/${path}`;
    store = {
      sink: createS3Sink(folder),
      reader: createS3Reader(folder),
      files: s3Files(folder),
      read: async (path) => (await bucket.get(key(path)))?.bytes ?? new Uint8Array(),
      write: (path, bytes) =>
        bucket.put(key(path), { body: new Uint8Array(bytes), contentType: 'text/plain', cacheControl: '' }),
    };
    await fill(store);
  }, 120_000);
  afterAll(() => moto?.stop());

  it('are refused, or the answer is right', async () => {
    const { right, fallback } = await damageAll(store, 8);
    expect(right).toBeGreaterThan(25);
    expect(fallback).toBeGreaterThan(5);
  }, 120_000);
});
