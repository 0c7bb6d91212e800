import { describe, expect, it } from 'vitest';
import { readAws } from '../../../functions/aws/environment.ts';

describe('the AWS settings of a Lambda function', () => {
  const lambda = {
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SESSION_TOKEN: 't',
  };

  it('are null without a bucket', () => {
    expect(readAws(lambda)).toEqual({
      releases: null,
      metricsNamespace: null,
      requestMetrics: true,
      appTokenParameter: null,
    });
  });

  it('are the bucket and its credentials', () => {
    expect(readAws({ ...lambda, RELEASES_BUCKET: 'b' })).toEqual({
      releases: {
        bucket: 'b',
        region: 'us-west-2',
        credentials: { accessKeyId: 'k', secretAccessKey: 's', sessionToken: 't' },
        endpoint: null,
      },
      metricsNamespace: null,
      requestMetrics: true,
      appTokenParameter: null,
    });
  });

  it('name a missing variable', () => {
    expect(() => readAws({ ...lambda, RELEASES_BUCKET: 'b', AWS_REGION: '' })).toThrow(
      'RELEASES_BUCKET is set, so AWS_REGION must be too',
    );
  });
});
