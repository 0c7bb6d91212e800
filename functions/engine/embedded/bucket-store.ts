import type { Provenance, Release } from '../../model/release.ts';
import { EngineError } from '../engine.ts';
import type { Bucket, Stored } from './bucket.ts';
import { INDEX_FILE, type Pointer, parsePointer, parseProvenance, parseRelease } from './stored.ts';

/** The folder of a bucket that releases are in; the edge serves it under the same name. */
export const FOLDER = 'data';

/** The pointer with the ETag that it was read under. */
export type Read = { readonly pointer: Pointer; readonly etag: string };

/**
 * The pointer of a bucket; `undefined` when nothing was published there, `unchanged` when its ETag is still `known`.
 * @throws EngineError when it is damaged or S3 does not answer.
 */
export async function readBucketPointer(bucket: Bucket, known?: string): Promise<Read | 'unchanged' | undefined> {
  return asked(bucket, `${FOLDER}/current.json`, async (key) => {
    const stored = await bucket.get(key, known);
    if (stored === undefined || stored === 'unchanged') return stored;
    return { pointer: parsePointer(textOf(stored)), etag: stored.etag };
  });
}

/** One release of a bucket. @throws EngineError */
export async function readBucketRelease(bucket: Bucket, version: string): Promise<Release> {
  const folder = `${FOLDER}/${version}`;
  return asked(bucket, folder, async () => {
    const [content, provenance] = await Promise.all([
      there(bucket, `${folder}/release.json`),
      there(bucket, `${folder}/provenance.json`),
    ]);
    return parseRelease(version, content.bytes, textOf(provenance));
  });
}

/** Where a bucket's release comes from. @throws EngineError */
export async function readBucketProvenance(bucket: Bucket, version: string): Promise<Provenance> {
  const path = `${FOLDER}/${version}/provenance.json`;
  return asked(bucket, path, async () => parseProvenance(textOf(await there(bucket, path))));
}

/** The index file of a bucket's release; `undefined` when it has none. @throws Error when S3 does not answer */
export async function readBucketIndex(bucket: Bucket, version: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const stored = await bucket.get(`${FOLDER}/${version}/${INDEX_FILE}`);
  return stored === 'unchanged' ? undefined : stored?.bytes;
}

async function there(bucket: Bucket, key: string): Promise<Stored> {
  const stored = await bucket.get(key);
  if (stored === undefined || stored === 'unchanged') throw new Error(`${key} is not there`);
  return stored;
}

async function asked<Value>(bucket: Bucket, key: string, act: (key: string) => Promise<Value>): Promise<Value> {
  try {
    return await act(key);
  } catch (error) {
    throw new EngineError(`s3://${bucket.name}/${key} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function textOf({ bytes }: Stored): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
