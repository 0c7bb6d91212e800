import { buildIndex } from '../engine/embedded/build/index-builder.ts';
import { EngineError, type PublishedRelease, type Sink } from '../engine/engine.ts';
import { type Release, releaseText } from '../model/release.ts';
import { INDEX_FILE, type ReleasePointer } from './release-format.ts';
import type { Bucket, S3Put } from './s3-client.ts';
import { FOLDER, readS3Pointer, readS3Release, type S3Pointer } from './s3-reader.ts';

/** Releases kept beside the current one, to go back to. */
const KEPT = 2;

/** Versions that were rolled back from and are remembered; of the last one the files stay too, for whoever asks why. */
const REMEMBERED = 10;

/** How often the pointer is moved again after another publisher was faster. */
const MAX_TRIES = 5;

const FOREVER = 'public, max-age=31536000, immutable';
const SHORTLY = 'public, max-age=60';

/**
 * Publishes into a bucket ({@link ReleasePointer}). A release's files are written first and the pointer last, over the one that was read
 * (If-Match): killed at any moment, and with several publishers at once, readers have a whole release; of two at once the last
 * one's is current and both are kept.
 */
export function createS3Sink(bucket: Bucket): Sink {
  const wrapped = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    try {
      return await act();
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const why = (error as Error).message;
      throw new EngineError(`cannot write releases to s3://${bucket.name}: ${why}`, { cause: error });
    }
  };
  return {
    current: async () => (await readNow(bucket))?.pointer,
    publish: (release, files) => wrapped(() => publish(bucket, release, files)),
    rollback: () => wrapped(() => rollback(bucket)),
  };
}

async function readNow(bucket: Bucket): Promise<S3Pointer | undefined> {
  const read = await readS3Pointer(bucket);
  return read === 'unchanged' ? undefined : read;
}

async function publish(
  bucket: Bucket,
  release: Release,
  files: Readonly<Record<string, string>>,
): Promise<'published' | 'unchanged'> {
  const { version, origin, asOf, sources } = release;
  const provenance = { origin, asOf, sources };
  const before = await readNow(bucket);
  const isCurrent = before?.pointer.version === version && (await isWhole(bucket, version));
  if (!isCurrent) {
    const own = { 'release.json': releaseText(release), [INDEX_FILE]: buildIndex(release) };
    for (const [name, content] of Object.entries({ ...own, ...files })) {
      await bucket.put(`${FOLDER}/${version}/${name}`, file(name, content, FOREVER));
    }
  }
  await bucket.put(
    `${FOLDER}/${version}/provenance.json`,
    file('provenance.json', `${JSON.stringify(provenance, null, 2)}\n`, SHORTLY),
  );
  const confirmed = sources.map(({ fetchedAt }) => fetchedAt).sort();
  await move(bucket, confirmed.at(-1) ?? '', (latest) => {
    const previous = latest ? [latest.version, ...latest.previous] : [];
    return {
      version,
      branches: release.vendors.reduce((sum, { branches }) => sum + branches.length, 0),
      previous: previous.filter((one) => one !== version).slice(0, KEPT),
      refused: (latest?.refused ?? []).filter((one) => one !== version).slice(0, REMEMBERED),
    };
  });
  return isCurrent ? 'unchanged' : 'published';
}

async function rollback(bucket: Bucket): Promise<PublishedRelease> {
  const before = await readNow(bucket);
  if (!before) throw new EngineError(`s3://${bucket.name}/${FOLDER} has no releases`);
  const { pointer } = before;
  const damaged: string[] = [];
  for (const [at, version] of pointer.previous.entries()) {
    try {
      const { vendors, sources } = await readS3Release(bucket, version);
      const refused = [...new Set([pointer.version, ...pointer.refused])].filter((one) => one !== version);
      const branches = vendors.reduce((sum, vendor) => sum + vendor.branches.length, 0);
      const next = { version, branches, previous: pointer.previous.slice(at + 1), refused };
      await move(
        bucket,
        sources
          .map(({ fetchedAt }) => fetchedAt)
          .sort()
          .at(-1) ?? '',
        () => next,
      );
      return { version, branches, refused };
    } catch (error) {
      damaged.push(`; ${(error as Error).message}`);
    }
  }
  throw new EngineError(`s3://${bucket.name} has no release before ${pointer.version}${damaged.join('')}`);
}

/** Moves the pointer, whoever else moves it meanwhile, then removes what it no longer needs. */
async function move(bucket: Bucket, confirmedAt: string, next: (latest: ReleasePointer | undefined) => ReleasePointer) {
  for (let left = MAX_TRIES; left > 0; left--) {
    const read = await readNow(bucket);
    const pointer = next(read?.pointer);
    // `confirmedAt` gives it another ETag when only the provenance is new, so that readers look.
    const text = `${JSON.stringify({ ...pointer, confirmedAt }, null, 2)}\n`;
    const put = { ...file('current.json', text, SHORTLY), over: read?.etag ?? null };
    if ((await bucket.put(`${FOLDER}/current.json`, put)) === 'conflict') continue;
    await removeUnneeded(bucket, read?.pointer, pointer);
    return;
  }
  throw new Error(`the pointer was moved by others ${MAX_TRIES} times in a row`);
}

/** Removes the releases that the pointer before named and this one does not. */
async function removeUnneeded(bucket: Bucket, before: ReleasePointer | undefined, now: ReleasePointer): Promise<void> {
  const needed = new Set([now.version, ...now.previous, ...now.refused.slice(0, 1)]);
  const named = before ? [before.version, ...before.previous, ...before.refused.slice(0, 1)] : [];
  for (const version of new Set(named.filter((one) => !needed.has(one)))) {
    for (const key of await bucket.list(`${FOLDER}/${version}/`)) await bucket.remove(key);
  }
}

async function isWhole(bucket: Bucket, version: string): Promise<boolean> {
  return readS3Release(bucket, version).then(
    () => true,
    () => false,
  );
}

const TYPES = { json: 'application/json', txt: 'text/plain; charset=utf-8' } as const;

function file(name: string, body: S3Put['body'], cacheControl: string): S3Put {
  const contentType = TYPES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES] ?? 'application/octet-stream';
  return { body, contentType, cacheControl };
}
