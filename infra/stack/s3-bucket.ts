import {
  DeleteObjectsCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { OperatorError } from './operator-error.ts';

/**
 * Deletes all versions of all objects. Lists from the start after each page of 1,000, because a continuation marker may
 * name a deleted version.
 * @returns the number of deleted versions; `undefined` if there is no such bucket
 * @throws OperatorError if some cannot be deleted
 */
export async function emptyBucket(s3: S3Client, bucket: string): Promise<number | undefined> {
  for (let deleted = 0; ; ) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket })).catch((error: Error) => {
      if (error.name === 'NoSuchBucket') return undefined;
      throw error;
    });
    if (!page) return undefined;
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key,
      VersionId,
    }));
    if (Objects.length === 0) return deleted;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) {
      throw new OperatorError(
        `cannot delete ${Errors.length} object versions of ${bucket}, for example ${first.Key}: ${first.Message}`,
      );
    }
    deleted += Objects.length;
  }
}

export function bucketExists(s3: S3Client, bucket: string): Promise<boolean> {
  return succeeds(s3.send(new HeadBucketCommand({ Bucket: bucket })), /NotFound|NoSuchBucket/);
}

export function objectExists(s3: S3Client, bucket: string, key: string): Promise<boolean> {
  return succeeds(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })), /^NotFound$/);
}

function succeeds(response: Promise<unknown>, missing: RegExp): Promise<boolean> {
  return response.then(
    () => true,
    (error: Error) => {
      if (missing.test(error.name)) return false;
      throw error;
    },
  );
}
