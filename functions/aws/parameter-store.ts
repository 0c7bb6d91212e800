import { AwsClient } from 'aws4fetch';
import type { BucketOptions } from '../releases/s3-client.ts';

/** Timeout of one request, milliseconds. */
const TIMEOUT_MS = 5_000;

/** Reads an encrypted parameter from SSM Parameter Store. @throws Error with the parameter's name and AWS's code */
export async function readSecret(
  { credentials, region, endpoint }: Omit<BucketOptions, 'bucket'>,
  name: string,
): Promise<string> {
  const client = new AwsClient({ ...credentials, region, service: 'ssm', retries: 2 });
  const response = await client.fetch(`${endpoint ?? `https://ssm.${region}.amazonaws.com`}/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AmazonSSM.GetParameter' },
    body: JSON.stringify({ Name: name, WithDecryption: true }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = (await response.json().catch(() => ({}))) as { __type?: string; Parameter?: { Value?: string } };
  const value = answer.Parameter?.Value;
  if (response.ok && value) return value;
  throw new Error(`SSM parameter ${name}: ${response.status} ${answer.__type?.replace(/^.*#/, '') ?? ''}`.trim());
}
