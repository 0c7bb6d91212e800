import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSecret } from '../../../functions/aws/parameter-store.ts';
import { noMoto, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe.skipIf(noMoto)('SSM Parameter Store', () => {
  let moto: RunningService;
  const access = () => ({ region: 'us-west-2', credentials, endpoint: moto.url });
  beforeAll(async () => {
    moto = await startMoto();
    const api = new AwsClient({ ...credentials, region: 'us-west-2', service: 'ssm' });
    const { ok } = await api.fetch(`${moto.url}/`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': 'AmazonSSM.PutParameter' },
      body: JSON.stringify({ Name: '/curbside/curbside/app-token', Value: 'T0ken', Type: 'SecureString' }),
    });
    expect(ok).toBe(true);
  }, 120_000);
  afterAll(() => moto?.stop());

  it('returns an encrypted parameter in the clear', async () => {
    expect(await readSecret(access(), '/curbside/curbside/app-token')).toBe('T0ken');
  });

  it('names a missing parameter', async () => {
    await expect(readSecret(access(), '/curbside/other/app-token')).rejects.toThrow(
      'SSM parameter /curbside/other/app-token: 400 ParameterNotFound',
    );
  });
});
