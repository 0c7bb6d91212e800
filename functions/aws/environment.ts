import type { BucketOptions } from '../releases/s3-client.ts';

/** What a function on AWS is told by its environment. */
export type Aws = {
  /** Where releases are kept; `null`: nowhere but beside the function. */
  readonly releases: BucketOptions | null;
  /** The CloudFront distribution in front of the API; `null`: none. */
  readonly distribution: string | null;
};

/**
 * Reads what Lambda and the template put into a function's environment. `AWS_ENDPOINT_URL` (or `AWS_ENDPOINT_URL_S3`) points
 * to a stand-in. @throws Error naming what is missing
 */
export function readAws(env: Readonly<Record<string, string | undefined>>): Aws {
  const bucket = env.RELEASES_BUCKET || null;
  const distribution = env.DISTRIBUTION_ID || null;
  if (!bucket) return { releases: null, distribution };
  const needed = (name: string) => {
    const value = env[name];
    if (!value) throw new Error(`RELEASES_BUCKET is set, so ${name} must be too: it is empty`);
    return value;
  };
  const releases = {
    bucket,
    region: needed('AWS_REGION'),
    credentials: {
      accessKeyId: needed('AWS_ACCESS_KEY_ID'),
      secretAccessKey: needed('AWS_SECRET_ACCESS_KEY'),
      ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    },
    endpoint: env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || null,
  };
  return { releases, distribution };
}
