import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CitiesResponse } from '../../../functions/http/openapi/schemas/city-entry.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { selfContainedFile } from '../../../seed/city-file/self-contained-file.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';

/** The tables of a city's file that are read from snapshots; its other tables are left out. */
type Tables = Readonly<Record<string, string>>;

describe.skipIf(noSharedData)('San Francisco and Vancouver in one process, and a city without data', () => {
  let directory: string;
  let server: Running;
  const get = async <Body>(path: string) => (await (await fetch(`${server.url}${path}`)).json()) as Body;

  async function cityFile(id: string, tables: Tables): Promise<string> {
    const { sample: _, ...file } = selfContainedFile(`seed/cities/${id}.json`);
    const sources = Object.fromEntries(
      Object.entries(tables).map(([name, url]) => [name, { ...file.sources[name as 'permits'], url }]),
    );
    const path = join(directory, `${id}.json`);
    await writeFile(path, JSON.stringify({ ...file, id, sources }));
    return path;
  }

  beforeAll(async () => {
    directory = await mkdtemp(`${tmpdir()}/curbside-real-cities-`);
    const cities = [
      await cityFile('san-francisco', {
        permits: sharedData('permits/permits-2022-03-02-487.json'),
        schedule: sharedData('schedule/schedule-2022-01-2809.csv'),
      }),
      await cityFile('vancouver', { permits: sharedData('other-cities/vancouver-food-vendors-2025-12.csv') }),
    ];
    const { sample: _, ...missing } = selfContainedFile('seed/cities/vancouver.json');
    const path = join(directory, 'missing.json');
    const permits = { ...missing.sources.permits, url: join(directory, 'no-such-table.csv') };
    await writeFile(path, JSON.stringify({ ...missing, id: 'missing', name: 'Missing', sources: { permits } }));
    const args = ['--city', [...cities, path].join(','), '--data-dir', join(directory, 'data'), '--tiles', 'off'];
    server = await startServer(args);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(directory, { recursive: true });
  });

  it('finds in each city what is there', async () => {
    const bounds = async (path: string) => {
      const { trucks, hits } = await get<SearchResponse>(path);
      return { hits, lats: trucks.flatMap(({ branches }) => branches.map(({ lat }) => Math.floor(lat))) };
    };
    const first = await bounds('/search?q=tacos&status=any');
    const second = await bounds('/search?q=tacos&city=vancouver');
    expect(first.hits).toBeGreaterThan(10);
    expect(new Set(first.lats)).toEqual(new Set([37]));
    expect(second.hits).toBeGreaterThan(0);
    expect(new Set(second.lats)).toEqual(new Set([49]));
    expect(await bounds('/vancouver/search?q=tacos')).toEqual(second);
  });

  it('is not held up by the city without data', async () => {
    const { cities } = await get<CitiesResponse>('/cities');
    expect(cities.map(({ id, page, counts }) => [id, page, counts === null])).toEqual([
      ['san-francisco', './', false],
      ['vancouver', 'vancouver/', false],
      ['missing', 'missing/', true],
    ]);
    expect((await fetch(`${server.url}/missing/search?q=tacos`)).status).toBe(503);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });
});
