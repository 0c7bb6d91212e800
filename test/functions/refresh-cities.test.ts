import { readFileSync } from 'node:fs';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chosenCities } from '../../functions/aws/refresh-event.ts';
import { releaseFolderOf } from '../../functions/releases/release-folder.ts';
import { type Bucket, openBucket } from '../../functions/releases/s3-client.ts';
import { createS3Reader } from '../../functions/releases/s3-reader.ts';
import { awsEnvironment, noMoto, type RunningService, startMoto } from '../fixtures/aws-emulators.ts';
import { type InventedCities, startInventedCities } from '../fixtures/invented-cities.ts';
import { functionCopy, invokeFunction } from './serving/function-server.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

describe('the cities of an event', () => {
  it('are all, or the one that it names', () => {
    expect(chosenCities({}, ['alpha', 'beta'])).toEqual(['alpha', 'beta']);
    expect(chosenCities({ city: 'beta' }, ['alpha', 'beta'])).toEqual(['beta']);
    expect(chosenCities({ city: 'beta', rollback: true }, ['alpha', 'beta'])).toEqual(['beta']);
    expect(chosenCities({ rollback: true }, ['alpha'])).toEqual(['alpha']);
  });

  it.each([
    [{ city: 'gamma' }, ['alpha', 'beta'], '`city` must be one of alpha, beta, got "gamma"'],
    [{ city: '' }, ['alpha'], '`city` must be alpha, got ""'],
    [{ city: 7 as never }, ['alpha'], '`city` must be alpha, got 7'],
    [{ rollback: true }, ['alpha', 'beta'], 'a rollback is of one city: `city` must be one of alpha, beta'],
  ])('are refused: %j', (event, known, message) => {
    expect(() => chosenCities(event, known)).toThrow(message);
  });
});

describe.skipIf(noMoto)('the refresh function with two cities', () => {
  let invented: InventedCities;
  let moto: RunningService;
  let bucket: Bucket;
  let program: string;
  beforeAll(async () => {
    invented = await startInventedCities();
    moto = await startMoto();
    const s3 = new S3Client({ ...access, endpoint: moto.url, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'refreshed' }));
    bucket = openBucket({ ...access, bucket: 'refreshed', endpoint: moto.url });
    const files = await Promise.all(
      ['alpha', 'beta'].map(async (id) => [`cities/${id}.json`, readFileSync(await invented.cityFile(id))] as const),
    );
    program = functionCopy('refresh', Object.fromEntries(files));
  }, 120_000);
  afterAll(async () => {
    moto?.stop();
    await invented?.end();
  });

  const invoke = (event: object, env: Record<string, string> = {}) =>
    invokeFunction(program, event, {
      CITY: 'alpha,beta',
      DATA_DIR: invented.newData(),
      ...awsEnvironment(moto.url),
      RELEASES_BUCKET: bucket.name,
      ...env,
    });
  async function published(id: string) {
    const reader = createS3Reader(releaseFolderOf(bucket, id, id === 'alpha'));
    const version = (await reader.pointer())?.version ?? '';
    const { city, vendors } = await reader.release(version);
    return { id: city.id, version, vendors: vendors.length };
  }

  it('publishes each to its folder', async () => {
    invented.publishTable('alpha', 3);
    invented.publishTable('beta', 5);
    const { result, lines } = await invoke({});
    const [alpha, beta] = [await published('alpha'), await published('beta')];
    expect([alpha, beta]).toMatchObject([
      { id: 'alpha', vendors: 3 },
      { id: 'beta', vendors: 5 },
    ]);
    expect(result).toMatchObject({
      cities: {
        alpha: { outcome: 'published', version: alpha.version, branches: 3 },
        beta: { outcome: 'published', version: beta.version, branches: 5 },
      },
    });
    expect(lines).toMatchObject([
      { event: 'refresh', city: 'alpha' },
      { event: 'refresh', city: 'beta' },
    ]);
  });

  it('publishes the others when one fails, and then fails with its name and reason', async () => {
    invented.publishTable('beta', 6);
    invented.portal.publishFile('/alpha.csv', Buffer.from('Id\n'), 'text/csv');
    const before = await published('alpha');
    const { result, message, lines } = await invoke({});
    expect(result).toBeUndefined();
    expect(message).toMatch(/^1 of 2 cities failed\nalpha: permits \(http\S+alpha\.csv\)/);
    expect(await published('beta')).toMatchObject({ vendors: 6 });
    expect(await published('alpha')).toEqual(before);
    expect(lines).toMatchObject([
      { event: 'refresh_failed', city: 'alpha', error: expect.stringContaining('alpha.csv') },
      { event: 'refresh', city: 'beta', outcome: 'published' },
    ]);
    invented.publishTable('alpha', 3);
  });

  it('loads or rolls back the one that the event names', async () => {
    const [alpha, beta] = [await published('alpha'), await published('beta')];
    invented.publishTable('alpha', 4);
    invented.publishTable('beta', 7);
    const { result } = await invoke({ city: 'beta' });
    const next = await published('beta');
    expect(result).toMatchObject({ outcome: 'published', version: next.version, branches: 7 });
    expect((await invoke({ rollback: true, city: 'beta' })).result).toEqual({
      outcome: 'rolled back',
      version: beta.version,
      branches: 6,
    });
    expect(await published('beta')).toEqual(beta);
    expect(await published('alpha')).toEqual(alpha);
    expect((await invoke({ city: 'beta' })).result).toMatchObject({ outcome: 'refused' });
    expect((await invoke({ city: 'beta', force: true })).result).toMatchObject({ version: next.version });
  });

  it('does nothing for an event that it refuses', async () => {
    const { message, lines } = await invoke({ city: 'gamma' });
    expect(message).toBe('`city` must be one of alpha, beta, got "gamma"');
    expect(lines).toMatchObject([{ event: 'refresh_failed', error: message }]);
    expect((await invoke({ rollback: true })).message).toContain('a rollback is of one city');
    const given = await invoke({}, { SOURCE_PERMITS: `${invented.portal.origin}/alpha.csv` });
    expect(given.message).toBe('SOURCE_… needs a single city, and CITY names alpha, beta');
  });

  it('names the command that publishes a city that has lost most of its data', async () => {
    invented.publishTable('beta', 1);
    expect((await invoke({ city: 'beta' })).message).toContain('npm run refresh -- --city beta --force');
  });
});
