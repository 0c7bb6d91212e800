import type { BucketOptions } from '../releases/s3-client.ts';

/** The AWS settings of a Lambda function. */
export type Aws = {
  /** The bucket of the releases; `null`: only the release in the function's package. */
  readonly releases: BucketOptions | null;
  /** The namespace of the metrics in CloudWatch; `null`: none are written. */
  readonly metricsNamespace: string | null;
  /** Whether each request has metrics too, or only the age of the data, which an alarm needs. */
  readonly requestMetrics: boolean;
  /** Name in SSM Parameter Store of the open-data portal's application token; `null`: there is none. */
  readonly appTokenParameter: string | null;
};

/**
 * Reads the variables that Lambda and the template set. `AWS_ENDPOINT_URL` (or `AWS_ENDPOINT_URL_S3`) is the URL of an emulator.
 * @throws Error that names a missing variable
 */
export function readAws(env: Readonly<Record<string, string | undefined>>): Aws {
  const bucket = env.RELEASES_BUCKET || null;
  const metricsNamespace = env.METRICS_NAMESPACE || null;
  const requestMetrics = env.REQUEST_METRICS !== 'off';
  const appTokenParameter = env.SODA_APP_TOKEN_PARAMETER || null;
  if (!bucket) return { releases: null, metricsNamespace, requestMetrics, appTokenParameter };
  const required = (name: string) => {
    const value = env[name];
    if (!value) throw new Error(`RELEASES_BUCKET is set, so ${name} must be too: it is empty`);
    return value;
  };
  const releases = {
    bucket,
    region: required('AWS_REGION'),
    credentials: {
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      ...(env.AWS_SESSION_TOKEN ? { sessionToken: env.AWS_SESSION_TOKEN } : {}),
    },
    endpoint: env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL || null,
  };
  return { releases, metricsNamespace, requestMetrics, appTokenParameter };
}
