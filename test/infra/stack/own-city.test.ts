import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noLambdaEmulator, noMoto } from '../../fixtures/aws-emulators.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { run } from '../../fixtures/server-process.ts';
import { startCityStack } from './city-stack.ts';

const STACK = 'curbside-springfield';
const STALLS = 'Id,Stall,Menu,Latitude,Longitude\n1,Anna,Pierogi,40.5,-89.5\n2,Bert,Tacos,40.6,-89.6\n';
const RING = [
  [-90, 40],
  [-89, 40],
  [-89, 41],
  [-90, 40],
];

const work = mkdtempSync(`${tmpdir()}/curbside-own-city-`);
const path = join(work, 'springfield.json');
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('npm run seed -- --print-city', () => {
  const print = () => run('seed', ['--print-city', '--city', path]);

  it('prints a file that needs no other one', async () => {
    writeFileSync(join(work, 'border.geojson'), JSON.stringify({ type: 'Polygon', coordinates: [RING] }));
    const city = { ...minimalCity('https://data.example.org/stalls.csv'), outline: './border.geojson', notes: ['a'] };
    writeFileSync(path, JSON.stringify({ $schema: './city.schema.json', ...city, sample: { permits: 'a.csv' } }));
    const { code, stdout } = await print();
    const { outline: _outline, notes: _notes, ...rest } = city;
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { ...rest, id: 'springfield', outline: { type: 'MultiPolygon', coordinates: [[RING]] } },
    ]);
  });

  it('refuses a table that is a file', async () => {
    writeFileSync(path, JSON.stringify(minimalCity('./stalls.csv')));
    expect(await print()).toMatchObject({
      code: 1,
      stderr: `curbside: the city's file ${path} needs other files:\nsources.permits.url: must be a web address, because the city is loaded on another machine, got "./stalls.csv"\n`,
    });
  });
});

describe.skipIf(noMoto || noLambdaEmulator)('npm run deploy -- --city PATH', () => {
  let stack: Awaited<ReturnType<typeof startCityStack>>;
  const deploy = (...args: string[]) => stack.deploy(...args);
  const publishedAt = (path: string) => `${stack.portal.origin}${path}`;

  beforeAll(async () => {
    stack = await startCityStack(STACK);
    stack.portal.publishFile('/stalls.csv', Buffer.from(STALLS), 'text/csv');
  }, 180_000);
  afterAll(() => stack?.stop());

  it('refuses a file with faults before anything is created', async () => {
    writeFileSync(path, JSON.stringify({ ...minimalCity(publishedAt('/stalls.csv')), zone: 'Mars/Olympus' }));
    const { code, err } = await deploy('--city', path);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^curbside: the city's file \S+ has a fault:\nzone: .*, got "Mars\/Olympus"\n$/),
    });
    const both = await deploy('--city', path, '--set', 'City=springfield');
    expect(both).toMatchObject({ code: 1, err: expect.stringContaining('contradict each other') });
  });

  it('puts the file into the refresh function, which loads that city', async () => {
    writeFileSync(path, JSON.stringify(minimalCity(publishedAt('/stalls.csv'))));
    const { code, out, err } = await deploy('--city', path);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain("the API's code carries a release from live data");
    expect(out).toMatch(/data published: \S+, 2 locations/);
    const { version } = JSON.parse(await stack.read('data/current.json'));
    const { city } = JSON.parse(await stack.read(`data/${version}/release.json`));
    expect(city).toMatchObject({ id: 'springfield', zone: 'America/Chicago' });
  }, 120_000);

  it('writes the tags of the city into the page, and its tiles into the API', async () => {
    const tiles = { url: 'https://tiles.example.org/{z}/{x}/{y}.png', attribution: 'Maps' };
    const file = { ...minimalCity(publishedAt('/stalls.csv')), languages: ['es', 'en'], tiles };
    writeFileSync(path, JSON.stringify(file));
    const { code, out } = await deploy('--city', path);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('page: 1 file uploaded') });
    expect(await stack.read('page/index.html')).toContain('<html lang="es" data-languages="es en">');
    expect(await stack.parameter('PageSources')).toContain("img-src 'self' data: https://tiles.example.org;");
    expect(JSON.parse((await stack.zipFile('lambda', 'cities.json')) ?? '')).toMatchObject([
      { id: 'springfield', tiles: { url: tiles.url } },
    ]);
    expect(await stack.ask('/meta')).toMatchObject([{ status: 200, body: { tiles: { url: tiles.url } } }]);
    // The parameter is for all cities, and wins.
    expect((await deploy('--city', path, '--set', 'TilesUrl=off')).code).toBe(0);
    expect(await stack.ask('/meta')).toMatchObject([{ body: { tiles: null } }]);
    expect(await stack.parameter('PageSources')).toContain("img-src 'self' data:; ");
    expect((await deploy('--city', path, '--set', 'TilesUrl=')).code).toBe(0);
  }, 120_000);

  it('changes nothing with the same file, and needs it in every deployment', async () => {
    const again = await deploy('--city', path);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing has changed') });
    const without = await deploy();
    expect(without).toMatchObject({
      code: 1,
      err: expect.stringContaining('the city springfield is not built in: give its file with --city PATH'),
    });
  }, 120_000);
});
