import { DeleteObjectsCommand, HeadBucketCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { OperatorError } from './operator-error.ts';

/**
 * Removes every version of every object. It lists from the start again after each thousand, because what a page's end marks
 * may be gone by then.
 * @returns how many versions there were; `undefined` when there is no such bucket @throws Refusal when some stay
 */
export async function emptyBucket(s3: S3Client, bucket: string): Promise<number | undefined> {
  for (let removed = 0; ; ) {
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket })).catch((error: Error) => {
      if (error.name === 'NoSuchBucket') return undefined;
      throw error;
    });
    if (!page) return undefined;
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key,
      VersionId,
    }));
    if (Objects.length === 0) return removed;
    const { Errors = [] } = await s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) {
      throw new OperatorError(
        `${Errors.length} objects of ${bucket} cannot be deleted, such as ${first.Key}: ${first.Message}`,
      );
    }
    removed += Objects.length;
  }
}

export async function bucketExists(s3: S3Client, bucket: string): Promise<boolean> {
  return s3.send(new HeadBucketCommand({ Bucket: bucket })).then(
    () => true,
    (error: Error) => {
      if (/NotFound|NoSuchBucket/.test(error.name)) return false;
      throw error;
    },
  );
}
