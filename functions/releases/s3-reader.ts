import { EngineError } from '../engine/engine.ts';
import type { Provenance, Release } from '../model/release.ts';
import { POINTER_FILE, parsePointer, type ReleasePointer } from './pointer.ts';
import { INDEX_FILE, parseProvenance, parseRelease } from './release-format.ts';
import type { ReleaseReader } from './release-reader.ts';
import type { Bucket, S3Object } from './s3-client.ts';

/** The folder of a bucket that holds releases; CloudFront serves it under the same name. */
export const FOLDER = 'data';

/** The pointer, with the ETag it had when it was read. */
export type S3Pointer = { readonly pointer: ReleasePointer; readonly etag: string };

export function createS3Reader(bucket: Bucket): ReleaseReader {
  return {
    pointer: async () => (await readS3Pointer(bucket))?.pointer,
    release: (version) => readS3Release(bucket, version),
    provenance: (version) => readProvenance(bucket, version),
    index: async (version) => (await bucket.get(`${FOLDER}/${version}/${INDEX_FILE}`))?.bytes,
    text: async (version, name) => {
      try {
        const object = await bucket.get(`${FOLDER}/${version}/${name}`);
        return object && textOf(object);
      } catch (error) {
        throw new EngineError(`${name} of ${version} cannot be read`, { cause: error });
      }
    },
  };
}

/** The pointer of a bucket; `undefined` before the first publication. @throws EngineError when it is damaged or cannot be read. */
export async function readS3Pointer(bucket: Bucket): Promise<S3Pointer | undefined> {
  const read = await readS3PointerIfChanged(bucket, undefined);
  return read === 'unchanged' ? undefined : read;
}

/** Like {@link readS3Pointer}, but `unchanged` when the pointer still has this ETag. */
export async function readS3PointerIfChanged(
  bucket: Bucket,
  etag: string | undefined,
): Promise<S3Pointer | 'unchanged' | undefined> {
  const key = `${FOLDER}/${POINTER_FILE}`;
  return wrapErrors(bucket, key, async () => {
    const object = await bucket.getIfChanged(key, etag);
    if (object === undefined || object === 'unchanged') return object;
    return { pointer: parsePointer(textOf(object)), etag: object.etag };
  });
}

/** One release of a bucket. @throws EngineError when it is missing, damaged, of another format, or cannot be read. */
export async function readS3Release(bucket: Bucket, version: string): Promise<Release> {
  const folder = `${FOLDER}/${version}`;
  return wrapErrors(bucket, folder, async () => {
    const [content, provenance] = await Promise.all([
      getExisting(bucket, `${folder}/release.json`),
      getExisting(bucket, `${folder}/provenance.json`),
    ]);
    return parseRelease(version, content.bytes, textOf(provenance));
  });
}

async function readProvenance(bucket: Bucket, version: string): Promise<Provenance> {
  const key = `${FOLDER}/${version}/provenance.json`;
  return wrapErrors(bucket, key, async () => parseProvenance(textOf(await getExisting(bucket, key))));
}

async function getExisting(bucket: Bucket, key: string): Promise<S3Object> {
  const object = await bucket.get(key);
  if (!object) throw new Error(`${key} is not there`);
  return object;
}

async function wrapErrors<Value>(bucket: Bucket, key: string, act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    throw new EngineError(`s3://${bucket.name}/${key} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function textOf({ bytes }: S3Object): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}
