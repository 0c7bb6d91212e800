import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CityFile } from '../../../seed/city-file/city-schema.ts';
import { noLambdaEmulator, noMoto } from '../../fixtures/aws-emulators.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { startCityStack } from './city-stack.ts';
import { grantsOf } from './grants.ts';

const HEAD = 'Id,Stall,Menu,Latitude,Longitude';
const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => `${at},Stall ${at},Pierogi,40.${at + 1},-89.${at + 1}`);

describe('the roles of the functions', () => {
  const allow = (role: string, action: string, path: string) =>
    grantsOf(role, 's3:', 'Bucket.Arn').some(({ allows }) => allows({ action, path }));

  it('reach the releases of every city, and nothing else in the bucket', () => {
    for (const path of ['/data/current.json', '/cities/shelbyville/current.json', '/cities/shelbyville/v/index.bin']) {
      expect([path, allow('ApiRole', 's3:GetObject', path)]).toEqual([path, true]);
      expect([path, allow('ApiRole', 's3:PutObject', path)]).toEqual([path, false]);
      for (const action of ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'])
        expect([path, action, allow('RefreshRole', action, path)]).toEqual([path, action, true]);
    }
    for (const path of ['/page/index.html', '/code/lambda.zip', '/citiesx/a'])
      expect([path, allow('RefreshRole', 's3:PutObject', path)]).toEqual([path, false]);
  });
});

describe.skipIf(noMoto || noLambdaEmulator)('two cities in one stack', () => {
  let stack: Awaited<ReturnType<typeof startCityStack>>;
  let both: string[] = [];
  let [springfield, shelbyville] = ['', ''];

  /** Publishes a city's table. */
  const publish = (id: string, count: number) =>
    stack.portal.publishFile(`/${id}.csv`, Buffer.from([HEAD, ...rowsOf(count), ''].join('\n')), 'text/csv');
  function writeCity(id: string, more: Partial<CityFile> = {}): string {
    const path = join(stack.work, `${id}.json`);
    const file = { ...minimalCity(`${stack.portal.origin}/${id}.csv`), name: id, ...more };
    writeFileSync(path, JSON.stringify(file));
    return path;
  }

  beforeAll(async () => {
    stack = await startCityStack('curbside-two');
    publish('springfield', 4);
    publish('shelbyville', 3);
    springfield = writeCity('springfield');
    shelbyville = writeCity('shelbyville', { languages: ['es'], tiles: null, zone: 'Europe/Paris' });
    both = ['--city', springfield, '--city', shelbyville];
  }, 180_000);
  afterAll(() => stack?.stop());

  it('are refused before anything is created if they cannot be next to each other', async () => {
    const refusal = async (...args: string[]) => {
      const { code, err } = await stack.deploy(...args);
      expect(code).toBe(1);
      return err;
    };
    expect(await refusal('--city', `${springfield},${writeCity('twin', { id: 'springfield' })}`)).toMatch(
      /^curbside: two of the cities have the id "springfield": each needs its own\n$/,
    );
    expect(await refusal('--city', springfield, '--city', writeCity('search'))).toContain('cannot be below /search/');
    for (const id of ['errors', 'lexicons', 'river-docs'])
      expect(await refusal('--city', springfield, '--city', writeCity(id))).toContain(`cannot be below /${id}/, where`);
    expect(await refusal(...both, '--set', 'City=shelbyville')).toContain('contradict each other');
    expect(await refusal('--city', springfield, '--city', 'atlantis')).toContain('there is no city "atlantis"');
    expect(await refusal('--set', 'City=springfield,shelbyville')).toContain('the city springfield is not built in');
    expect((await stack.s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  }, 60_000);

  it('have releases, start pages and files of their own', async () => {
    const { code, out, err } = await stack.deploy(...both);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^springfield: data published: \S+, 4 locations$/m);
    expect(out).toMatch(/^shelbyville: data published: \S+, 3 locations$/m);
    expect(await stack.parameter('City')).toBe('springfield,shelbyville');
    expect(JSON.parse(await stack.read('data/current.json'))).toMatchObject({ branches: 4 });
    expect(JSON.parse(await stack.read('cities/shelbyville/current.json'))).toMatchObject({ branches: 3 });
    const page = await stack.read('page/shelbyville/index.html');
    expect(page).toContain('<html data-city="shelbyville" lang="es" data-languages="es">');
    expect(await stack.read('page/index.html')).toContain('<html lang="en">');
    expect(JSON.parse((await stack.zipFile('lambda', 'cities.json')) ?? '')).toMatchObject([
      { id: 'springfield', name: 'springfield' },
      { id: 'shelbyville', name: 'shelbyville', tiles: null },
    ]);
    for (const id of ['springfield', 'shelbyville'])
      expect(JSON.parse((await stack.zipFile('refresh', `cities/${id}.json`)) ?? '')).toMatchObject({ id });
  }, 120_000);

  it('are answered by one function, each from its own data and with its own tiles', async () => {
    const answers = await stack.ask('/cities', '/meta', '/shelbyville/meta', '/shelbyville', '/ogdenville/meta');
    expect(answers).toMatchObject([
      {
        body: {
          cities: [
            { id: 'springfield', page: './' },
            { id: 'shelbyville', page: 'shelbyville/' },
          ],
        },
      },
      { body: { city: { id: 'springfield' }, tiles: { url: expect.stringContaining('openstreetmap') } } },
      { body: { city: { id: 'shelbyville' }, tiles: null } },
      { status: 308 },
      { status: 404 },
    ]);
  }, 60_000);

  it('are not changed by a second deployment', async () => {
    expect(await stack.deploy(...both)).toMatchObject({ code: 0, out: expect.stringContaining('Nothing has changed') });
    const without = await stack.deploy('--city', springfield, '--city', 'shelbyville');
    expect(without).toMatchObject({ code: 1, err: expect.stringContaining('there is no city "shelbyville"') });
    const other = await stack.deploy('--city', shelbyville, '--city', springfield);
    expect(other).toMatchObject({ code: 1, err: expect.stringContaining('name springfield first') });
  }, 60_000);

  it('are loaded and rolled back one by one', async () => {
    const before = await stack.read('data/current.json');
    publish('shelbyville', 2);
    expect(await stack.aws('refresh', '--city', 'shelbyville')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^shelbyville: data published: \S+, 2 locations$/m),
    });
    const unnamed = await stack.aws('rollback', 'data');
    expect(unnamed).toMatchObject({ code: 1, err: expect.stringMatching(/--city ID.*springfield, shelbyville/) });
    expect(await stack.aws('rollback', 'data', '--city', 'shelbyville')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^shelbyville: data rolled back to \S+, 3 locations/m),
    });
    expect(await stack.read('data/current.json')).toBe(before);
    const unknown = await stack.aws('refresh', '--city', 'atlantis');
    expect(unknown).toMatchObject({ code: 1, err: expect.stringContaining('has no city "atlantis": it has springf') });
    const { out } = await stack.aws('status');
    expect(out).toMatch(/^data {4}springfield: \S+: 4 locations.*\n {8}shelbyville: \S+: 3 locations/m);
  }, 60_000);

  it('fail one by one', async () => {
    publish('springfield', 1);
    publish('shelbyville', 3);
    const { code, out, err } = await stack.aws('refresh');
    expect({ code, out, err }).toMatchObject({
      code: 1,
      out: expect.stringMatching(/^shelbyville: data \w+: \S+, 3 locations$/m),
      err: expect.stringMatching(/^curbside: springfield: the refresh function failed: the new data has 1 /),
    });
    const cleared = await stack.aws('refresh', '--retry-failed', '--city', 'shelbyville');
    expect(cleared).toMatchObject({ code: 1, err: expect.stringContaining('leave out --city') });
  }, 60_000);

  it('can be taken off the list, and return with their releases', async () => {
    const { code, out } = await stack.deploy('--city', springfield);
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^shelbyville will not be served any more; its releases stay .*cities\/shelbyville\//m,
      ),
    });
    expect(await stack.zipFile('lambda', 'cities.json')).toBeUndefined();
    expect(await stack.keys('cities/shelbyville/current')).toHaveLength(1);
    const again = await stack.deploy(...both);
    expect(again).toMatchObject({
      code: 0,
      out: expect.stringContaining('City: springfield → springfield,shelbyville'),
    });
    expect(again.out).not.toContain('loading the data');
  }, 120_000);

  it('are deleted together', async () => {
    expect(await stack.aws('destroy', '--yes')).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing is left'),
    });
    expect((await stack.s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  }, 60_000);
});
