import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyBucket } from '../../../infra/stack/s3-bucket.ts';
import { noMoto, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';

describe.skipIf(noMoto)('emptying a bucket', () => {
  let moto: RunningService;
  let s3: S3Client;
  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    s3 = new S3Client({ endpoint: moto.url, region: 'us-east-1', credentials, forcePathStyle: true });
  }, 120_000);
  afterAll(() => moto?.stop());

  it('deletes all versions and delete markers, on more than one page', async () => {
    const Bucket = 'full';
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    for (let at = 0; at < 1_050; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, k) =>
          s3.send(new PutObjectCommand({ Bucket, Key: `k${(at + k) % 700}`, Body: `${at}` })),
        ),
      );
    }
    expect(await emptyBucket(s3, Bucket)).toBe(1_050);
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([...Versions, ...DeleteMarkers]).toEqual([]);
    expect(await emptyBucket(s3, Bucket)).toBe(0);
    expect(await emptyBucket(s3, 'no-such-bucket')).toBeUndefined();
  }, 60_000);
});
