import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type ReleaseFolder, releaseFolderOf } from '../../../functions/releases/release-folder.ts';
import { type Bucket, openBucket } from '../../../functions/releases/s3-client.ts';
import { type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';

export const access = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

/** A bucket in moto for each test of the calling suite, and a client that sees all of them. */
export function motoBucket(options: Parameters<typeof openBucket>[1] = {}) {
  let moto: RunningService;
  let s3: S3Client;
  let bucket: Bucket;
  let count = 0;
  beforeAll(async () => {
    moto = await startMoto();
    s3 = new S3Client({ ...access, endpoint: moto.url, forcePathStyle: true });
  }, 120_000);
  afterAll(() => moto?.stop());
  beforeEach(async () => {
    const name = `releases-${count++}`;
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    bucket = openBucket({ ...access, bucket: name, endpoint: moto.url }, options);
  });
  return {
    get s3() {
      return s3;
    },
    get bucket() {
      return bucket;
    },
    /** The folder of a deployment's only city. */
    get folder(): ReleaseFolder {
      return releaseFolderOf(bucket, 'springfield', true);
    },
  };
}
