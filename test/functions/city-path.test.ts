import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetaResponse } from '../../functions/http/openapi/schemas/meta.ts';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { readCurrentRelease } from '../../functions/releases/directory-reader.ts';
import type { CityFile } from '../../seed/city-file/city-schema.ts';
import { minimalCity } from '../fixtures/minimal-city.ts';
import { type Running, run, startServer } from '../fixtures/server-process.ts';
import { type CityServer, startCityServer } from '../seed/city-server.ts';

const eventually = <Value>(value: () => Value) => expect.poll(value, { timeout: 20_000, interval: 50 });

let directory: string;
let portal: CityServer;
let server: Running | undefined;
beforeEach(async () => {
  directory = await mkdtemp(`${tmpdir()}/curbside-city-path-`);
  portal = await startCityServer();
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await portal.stop();
  await rm(directory, { recursive: true });
});

const stalls = (count: number) =>
  [
    'Id,Stall,Menu,Latitude,Longitude',
    ...Array.from({ length: count }, (_, at) => `${at},Stall ${at},Pierogi,40.${50 + (at % 2)},-89.${510 + at}`),
    '',
  ].join('\n');
const publishStalls = (count: number) => portal.publishFile('/stalls.csv', Buffer.from(stalls(count)), 'text/csv');
async function cityFile(more: Partial<CityFile> = {}, url = `${portal.origin}/stalls.csv`): Promise<string> {
  const path = join(directory, 'springfield.json');
  await writeFile(path, JSON.stringify({ ...minimalCity(url), ...more }));
  return path;
}
const data = () => join(directory, 'data');
const hits = async () => ((await (await fetch(`${server?.url}/search?q=pierogi`)).json()) as SearchResponse).hits;
const meta = async () => (await (await fetch(`${server?.url}/meta`)).json()) as MetaResponse;

describe('--city with the path of a file', () => {
  it('serves that city, and loads it again in the worker even when the file is gone', async () => {
    publishStalls(3);
    const path = await cityFile();
    server = await startServer(['--city', path, '--data-dir', data(), '--refresh', '1s', '--tiles', 'off']);
    expect(await meta()).toMatchObject({
      city: { id: 'springfield', zone: 'America/Chicago' },
      counts: { branches: 3 },
      outline_is_hull: true,
    });
    expect(await hits()).toBe(3);
    await rm(path);
    publishStalls(5);
    await eventually(hits).toBe(5);
    expect(await readdir(join(data(), 'releases'))).toEqual(['springfield']);
  });

  it('is the variable CITY too, as a container with a mounted file has it', async () => {
    publishStalls(2);
    const path = await cityFile();
    server = await startServer(
      ['--data-dir', data(), '--refresh', 'off', '--source', `permits=${portal.origin}/stalls.csv`],
      { CITY: path },
    );
    // Two places make no ring.
    expect(await meta()).toMatchObject({
      city: { id: 'springfield' },
      counts: { branches: 2 },
      outline_is_hull: false,
    });
  });

  it('reads a table next to the file, from any directory', async () => {
    await writeFile(join(directory, 'stalls.csv'), stalls(4));
    const path = await cityFile({}, './stalls.csv');
    const { code, stdout } = await run('seed', ['--city', path, '--data-dir', data()]);
    expect([code, stdout]).toEqual([0, expect.stringContaining('4 vendors in 4 places')]);
    expect((await readCurrentRelease(join(data(), 'releases/springfield')))?.release.vendors).toHaveLength(4);
  });

  it('publishes and rolls back', async () => {
    const path = await cityFile();
    publishStalls(3);
    expect((await run('seed', ['--city', path, '--data-dir', data()])).code).toBe(0);
    publishStalls(4);
    expect((await run('seed', ['--city', path, '--data-dir', data()])).code).toBe(0);
    const { code, stdout } = await run('seed', ['--city', path, '--data-dir', data(), '--rollback']);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^rolled back from .* \(3 branches\)/)]);
  });

  it('makes a site of it', async () => {
    const path = await cityFile();
    publishStalls(4);
    const out = join(directory, 'site');
    const site = await run('site', ['--city', path, '--data-dir', data(), '--out', out, '--tiles', 'off']);
    expect([site.code, site.stdout]).toEqual([0, expect.stringContaining('4 vendors in 4 places')]);
    expect(await readdir(out)).toContain('index.html');
    const { release } = (await readCurrentRelease(join(data(), 'site-releases/springfield'))) ?? {};
    expect(release?.city.name).toBe('Springfield');
  });

  it('has a sample next to the file', async () => {
    await writeFile(join(directory, 'invented.csv'), stalls(2));
    const path = await cityFile({ sample: { permits: './invented.csv' } });
    const { code, stdout } = await run('seed', ['--city', path, '--data-dir', data(), '--sample']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('2 vendors in 2 places')]);
  });

  it.each(['server', 'seed', 'site'])('with faults is refused by %s in sentences, without a stack', async (entry) => {
    const path = await cityFile({ zone: 'Mars/Olympus' });
    const { code, stderr } = await run(entry, ['--city', path, '--data-dir', data(), '--refresh', 'off']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `curbside: the city's file ${path} has a fault:\nzone: must be an IANA time zone, such as Europe/Paris, got "Mars/Olympus"\n`,
    );
  });
});
