import { indexFileOf } from '../engine/embedded/build/index-cache.ts';
import { EngineError, type PublishedRelease, type Sink } from '../engine/engine.ts';
import { lastReadAt, type Provenance, type Release, releaseParts } from '../model/release.ts';
import { piecesInSlices } from '../model/time-slices.ts';
import { countBranches } from '../model/vendor.ts';
import { pageIndexFiles, withoutPageIndex } from './page-index.ts';
import {
  findRollback,
  POINTER_FILE,
  pointerAfterPublish,
  pointerText,
  type ReleasePointer,
  retainedVersions,
} from './pointer.ts';
import { addressOf, type ReleaseFolder } from './release-folder.ts';
import {
  CONTENT_FILE,
  checksumsOf,
  INDEX_FILE,
  PROVENANCE_FILE,
  provenanceText,
  ROLLED_BACK_FILE,
} from './release-format.ts';
import type { S3Put } from './s3-client.ts';
import { createS3Reader, readS3Pointer, type S3Pointer, s3Files } from './s3-reader.ts';
import { unlessUnavailable } from './store-files.ts';
import { readCountedRelease, readWholeRelease } from './whole-release.ts';

/** Attempts to move the pointer again after another publisher has moved it. */
const MAX_RETRIES = 5;

const FOREVER = 'public, max-age=31536000, immutable';
const ONE_MINUTE = 'public, max-age=60';

/**
 * Publishes into a folder of a bucket ({@link ReleasePointer}). A release's files are written first and the pointer last, only if it has not
 * changed since it was read (If-Match). Readers get a whole release even when a publisher is killed or several publish at the same
 * time; of two, both are kept and the one that moves the pointer last becomes current.
 */
export function createS3Sink(folder: ReleaseFolder): Sink {
  const wrapErrors = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    try {
      return await act();
    } catch (error) {
      if (error instanceof EngineError) throw error;
      const reason = (error as Error).message;
      throw new EngineError(`cannot write releases to ${addressOf(folder)}: ${reason}`, { cause: error });
    }
  };
  return {
    current: async () => (await readS3Pointer(folder))?.pointer,
    publish: (release, files) => wrapErrors(() => publish(folder, release, files)),
    text: createS3Reader(folder).text,
    rollback: () => wrapErrors(() => rollback(folder)),
  };
}

async function publish(
  folder: ReleaseFolder,
  release: Release,
  files: Readonly<Record<string, string>>,
): Promise<'published' | 'unchanged'> {
  const { version } = release;
  const { bucket } = folder;
  // A damaged pointer with no release to fall back to is replaced.
  const current = await readS3Pointer(folder).catch(unlessUnavailable);
  const whole = current?.pointer.version === version ? await readWholeRelease(s3Files(folder), version) : undefined;
  const path = `${folder.path}/${version}`;
  const branches = countBranches(release.vendors);
  const pageIndex = await pageIndexFiles(release, branches, { published: whole && createS3Reader(folder) });
  const put = async (some: Readonly<Record<string, S3Put['body']>>) => {
    for (const [name, body] of Object.entries(some)) await bucket.put(`${path}/${name}`, s3Put(name, body, FOREVER));
  };
  if (!whole?.checksums) {
    const index = indexFileOf(release);
    refuseLarge(INDEX_FILE, index.length);
    await put({ [CONTENT_FILE]: await contentBytes(release), [INDEX_FILE]: index, ...files });
    await bucket.remove(`${path}/${ROLLED_BACK_FILE}`);
  }
  await put(pageIndex);
  const reports = whole?.checksums ? withoutPageIndex(whole.checksums) : await checksumsOf(files);
  const checksums = { ...reports, ...(await checksumsOf(pageIndex)) };
  const provenance = await provenanceText(release, branches, checksums);
  await bucket.put(`${path}/${PROVENANCE_FILE}`, s3Put(PROVENANCE_FILE, provenance, ONE_MINUTE));
  await movePointer(folder, current, release, (latest) => pointerAfterPublish(latest, { version, branches }));
  return whole ? 'unchanged' : 'published';
}

async function rollback(folder: ReleaseFolder): Promise<PublishedRelease> {
  const current = await readS3Pointer(folder);
  const store = addressOf(folder);
  if (!current) throw new EngineError(`${store} has no releases`);
  const files = s3Files(folder);
  const { release, next } = await findRollback(current.pointer, store, (version) => readCountedRelease(files, version));
  const mark = s3Put(ROLLED_BACK_FILE, `to ${next.version}\n`, ONE_MINUTE);
  await folder.bucket.put(`${folder.path}/${current.pointer.version}/${ROLLED_BACK_FILE}`, mark);
  await movePointer(folder, current, release, () => next);
  const { version, branches, refused } = next;
  return { version, branches, refused };
}

/** Moves the pointer from `current`, or from whatever other publishers have made of it, then removes what it no longer needs. */
async function movePointer(
  folder: ReleaseFolder,
  current: S3Pointer | undefined,
  { asOf, sources }: Pick<Provenance, 'asOf' | 'sources'>,
  next: (latest: ReleasePointer | undefined) => ReleasePointer,
): Promise<void> {
  // Gives the pointer another ETag when only the provenance is new, so that readers notice.
  const confirmedAt = lastReadAt(sources);
  const key = `${folder.path}/${POINTER_FILE}`;
  let latest = current;
  for (let retries = 0; retries <= MAX_RETRIES; retries++) {
    const pointer = next(latest?.pointer);
    const put = s3Put(POINTER_FILE, await pointerText(pointer, { confirmedAt, asOf }), ONE_MINUTE);
    const written = await folder.bucket.put(key, { ...put, over: latest?.etag ?? null });
    if (written === 'written') return removeUnneeded(folder, latest?.pointer, pointer);
    latest = await readS3Pointer(folder);
  }
  throw new Error(`other publishers moved the pointer ${MAX_RETRIES + 1} times in a row`);
}

/** Removes the releases that the old pointer retained and the new one does not. */
async function removeUnneeded(
  { bucket, path }: ReleaseFolder,
  old: ReleasePointer | undefined,
  now: ReleasePointer,
): Promise<void> {
  const needed = new Set(retainedVersions(now));
  for (const version of new Set(retainedVersions(old).filter((one) => !needed.has(one)))) {
    for (const { key } of await bucket.list(`${path}/${version}/`)) await bucket.remove(key);
  }
}

/** Bytes of one file: an upload is one request with one array, and Node's client sends arrays of fewer than 2^31 bytes. */
const MAX_UPLOAD_BYTES = 2 ** 31 - 1;

/** The bytes of `release.json`, which may be more than a string can have. */
async function contentBytes(release: Release): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesInSlices(releaseParts(release))) pieces.push(Buffer.from(piece));
  refuseLarge(
    CONTENT_FILE,
    pieces.reduce((sum, { length }) => sum + length, 0),
  );
  return Buffer.concat(pieces);
}

/** @throws EngineError when a file is too large for one upload */
function refuseLarge(name: string, bytes: number): void {
  if (bytes <= MAX_UPLOAD_BYTES) return;
  throw new EngineError(
    `${name} would have ${bytes} bytes, and a release in a bucket may have files of ${MAX_UPLOAD_BYTES}: publish it to a directory`,
  );
}

const TYPES = { json: 'application/json', txt: 'text/plain; charset=utf-8' } as const;

function s3Put(name: string, body: S3Put['body'], cacheControl: string): S3Put {
  const contentType = TYPES[name.slice(name.lastIndexOf('.') + 1) as keyof typeof TYPES] ?? 'application/octet-stream';
  return { body, contentType, cacheControl };
}
