import type { Bucket } from './s3-client.ts';

/** The folder of a bucket that holds the releases of a city. */
export type ReleaseFolder = {
  readonly bucket: Bucket;
  /** Without a slash at its end. */
  readonly path: string;
};

/**
 * The folder of a city.
 * @param isFirst the first of several cities has the folder of a single one
 */
export function releaseFolderOf(bucket: Bucket, cityId: string, isFirst: boolean): ReleaseFolder {
  return { bucket, path: isFirst ? 'data' : `cities/${cityId}` };
}

/** The address of a folder, for messages. */
export function addressOf({ bucket, path }: ReleaseFolder): string {
  return `s3://${bucket.name}/${path}`;
}
