import { AwsClient } from 'aws4fetch';
import type { BucketOptions } from '../releases/s3-client.ts';

/**
 * Invalidates all cached answers of CloudFront, so that nobody gets outdated data for longer than a minute.
 * @param reference repeated requests with the same reference count as one @throws Error with CloudFront's code
 */
export async function invalidateEdge(
  { credentials, endpoint }: BucketOptions,
  distribution: string,
  reference: string,
): Promise<void> {
  // CloudFront's API has a single region.
  const client = new AwsClient({ ...credentials, region: 'us-east-1', service: 'cloudfront', retries: 2 });
  const body =
    '<InvalidationBatch xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">' +
    '<Paths><Quantity>1</Quantity><Items><Path>/*</Path></Items></Paths>' +
    `<CallerReference>${reference}</CallerReference></InvalidationBatch>`;
  const url = `${endpoint ?? 'https://cloudfront.amazonaws.com'}/2020-05-31/distribution/${distribution}/invalidation`;
  const response = await client.fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'text/xml' } });
  if (response.ok) return;
  const [, code = ''] = /<Code>(\w+)<\/Code>/.exec(await response.text()) ?? [];
  throw new Error(`CloudFront ${distribution}: the invalidation was refused: ${response.status} ${code}`.trim());
}
