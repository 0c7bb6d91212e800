import { EngineError } from '../engine/engine.ts';
import type { Provenance, Release } from '../model/release.ts';
import { INDEX_FILE, parsePointer, parseProvenance, parseRelease, type ReleasePointer } from './release-format.ts';
import type { Bucket, S3Object } from './s3-client.ts';

/** The folder of a bucket that releases are in; the edge serves it under the same name. */
export const FOLDER = 'data';

/** The pointer with the ETag that it was read under. */
export type S3Pointer = { readonly pointer: ReleasePointer; readonly etag: string };

/**
 * The pointer of a bucket; `undefined` when nothing was published there, `unchanged` when its ETag is still `known`.
 * @throws EngineError when it is damaged or S3 does not answer.
 */
export async function readS3Pointer(bucket: Bucket, known?: string): Promise<S3Pointer | 'unchanged' | undefined> {
  return asked(bucket, `${FOLDER}/current.json`, async (key) => {
    const stored = await bucket.get(key, known);
    if (stored === undefined || stored === 'unchanged') return stored;
    return { pointer: parsePointer(textOf(stored)), etag: stored.etag };
  });
}

/** One release of a bucket. @throws EngineError */
export async function readS3Release(bucket: Bucket, version: string): Promise<Release> {
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
export async function readS3Provenance(bucket: Bucket, version: string): Promise<Provenance> {
  const path = `${FOLDER}/${version}/provenance.json`;
  return asked(bucket, path, async () => parseProvenance(textOf(await there(bucket, path))));
}

/** The index file of a bucket's release; `undefined` when it has none. @throws Error when S3 does not answer */
export async function readS3Index(bucket: Bucket, version: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const stored = await bucket.get(`${FOLDER}/${version}/${INDEX_FILE}`);
  return stored === 'unchanged' ? undefined : stored?.bytes;
}

async function there(bucket: Bucket, key: string): Promise<S3Object> {
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

function textOf({ bytes }: S3Object): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
