import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invalidateEdge } from '../../../functions/aws/cloudfront.ts';
import { readAws } from '../../../functions/aws/environment.ts';
import { noMoto, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe.skipIf(noMoto)('invalidating CloudFront', () => {
  let moto: RunningService;
  let id = '';
  const api = new AwsClient({ ...credentials, region: 'us-east-1', service: 'cloudfront' });
  const ask = async (path: string, body?: string) => {
    const response = await api.fetch(
      `${moto.url}/2020-05-31/distribution${path}`,
      body ? { method: 'POST', body } : {},
    );
    return response.text();
  };
  beforeAll(async () => {
    moto = await startMoto();
    const behavior = '<TargetOriginId>o</TargetOriginId><ViewerProtocolPolicy>allow-all</ViewerProtocolPolicy>';
    const origin =
      '<Origin><Id>o</Id><DomainName>b.s3.amazonaws.com</DomainName><S3OriginConfig><OriginAccessIdentity></OriginAccessIdentity></S3OriginConfig></Origin>';
    const made = await ask(
      '',
      `<DistributionConfig><CallerReference>1</CallerReference><Origins><Quantity>1</Quantity><Items>${origin}</Items></Origins>` +
        `<DefaultCacheBehavior>${behavior}</DefaultCacheBehavior><Comment></Comment><Enabled>true</Enabled></DistributionConfig>`,
    );
    id = /<Id>(E?\w+)<\/Id>/.exec(made)?.[1] ?? '';
    expect(made).toContain('<Distribution');
  }, 120_000);
  afterAll(() => moto?.stop());
  const access = () => ({ bucket: 'b', region: 'us-west-2', credentials, endpoint: moto.url });

  it('covers every path', async () => {
    await invalidateEdge(access(), id, 'one');
    const list = await ask(`/${id}/invalidation`);
    const [, invalidation] = /<Id>(\w+)<\/Id>/.exec(list) ?? [];
    expect(await ask(`/${id}/invalidation/${invalidation}`)).toMatch(/<Path>\/\*<\/Path>|<Items><Path>\/\*/);
  });

  it('reports a refused invalidation', async () => {
    await expect(invalidateEdge(access(), 'NOSUCH', 'two')).rejects.toThrow(
      /CloudFront NOSUCH: the invalidation was refused: 4\d\d/,
    );
  });
});

describe('the AWS settings of a Lambda function', () => {
  const lambda = {
    AWS_REGION: 'us-west-2',
    AWS_ACCESS_KEY_ID: 'k',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SESSION_TOKEN: 't',
  };

  it('are null without a bucket', () => {
    expect(readAws(lambda)).toEqual({ releases: null, distribution: null, metricsNamespace: null });
  });

  it('are the bucket and its credentials', () => {
    expect(readAws({ ...lambda, RELEASES_BUCKET: 'b', DISTRIBUTION_ID: 'E1' })).toEqual({
      releases: {
        bucket: 'b',
        region: 'us-west-2',
        credentials: { accessKeyId: 'k', secretAccessKey: 's', sessionToken: 't' },
        endpoint: null,
      },
      distribution: 'E1',
      metricsNamespace: null,
    });
  });

  it('name a missing variable', () => {
    expect(() => readAws({ ...lambda, RELEASES_BUCKET: 'b', AWS_REGION: '' })).toThrow(
      'RELEASES_BUCKET is set, so AWS_REGION must be too',
    );
  });
});
