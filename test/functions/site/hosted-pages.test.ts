import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Tiles } from '../../../functions/model/tile-url.ts';
import { type HostedPages, hostedPages } from '../../../functions/site/hosted-pages.ts';
import type { CityFile } from '../../../seed/city-file/city-schema.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { run, startServer } from '../../fixtures/server-process.ts';
import { town } from '../../fixtures/town.ts';

const work = mkdtempSync(join(tmpdir(), 'curbside-hosted-pages-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Writes the file of an invented city. @returns its path */
function cityFile(id: string, more: Partial<CityFile> = {}): string {
  const path = join(work, `${id}.json`);
  writeFileSync(path, JSON.stringify({ ...minimalCity(), name: id, ...more }));
  return path;
}

writeFileSync(join(work, 'stalls.csv'), 'Id,Stall,Menu,Latitude,Longitude\n1,Anna,Pierogi,40.5,-89.5\n');
const TILES = { url: 'https://tiles.example.org/{z}/{x}/{y}.png', attribution: 'Maps' };
const springfield = cityFile('springfield');
const fountains = cityFile('fountain-city', {
  languages: ['es', 'en'],
  wording: { vendor: { en: { one: 'fountain', other: 'fountains' } }, food: false, permits: false },
  tiles: TILES,
});
const print = (...args: string[]) => run('site', ['--print-pages', ...args]);

describe('npm run site -- --print-pages', () => {
  it('prints the start pages that a server sends', async () => {
    const cities = ['--city', springfield, '--city', fountains];
    const { code, stdout, stderr } = await print(...cities);
    expect([code, stderr]).toEqual([0, '']);
    const { pages } = JSON.parse(stdout) as HostedPages;
    expect(Object.keys(pages)).toEqual(['index.html', 'fountain-city/index.html']);
    const server = await startServer([...cities, '--data-dir', join(work, 'data')]);
    try {
      for (const [path, html] of Object.entries(pages)) {
        const sent = await (await fetch(`${server.url}/${path.replace('index.html', '')}`)).text();
        const tag = '<meta property="og:image" content="';
        expect([path, html.replace(`${tag}/`, `${tag}${server.url}/`) === sent]).toEqual([path, true]);
      }
    } finally {
      await server.stop();
    }
    expect(pages['index.html']).not.toMatch(/data-city|data-wording/);
    expect(pages['fountain-city/index.html']).toMatch(
      /^<!doctype html>\n<html data-city="fountain-city" lang="es" data-languages="es en" data-wording>/,
    );
    expect(pages['fountain-city/index.html']).toContain('content="Curbside: Fountains in fountain-city"');
  }, 60_000);

  it('says what the API has to know of the cities, and what their pages load', async () => {
    const { stdout } = await print('--city', springfield, '--city', fountains);
    const { cities, sources } = JSON.parse(stdout) as HostedPages;
    expect(cities).toMatchObject([
      { id: 'springfield', name: 'springfield' },
      { id: 'fountain-city', tiles: { ...TILES, attributionUrl: '', maxZoom: 19 } },
    ]);
    expect(cities[0]).not.toHaveProperty('tiles');
    expect(sources).toContain("img-src 'self' data: https://tile.openstreetmap.org https://tiles.example.org;");
    const off = JSON.parse((await print('--city', fountains, '--tiles', 'off')).stdout) as HostedPages;
    expect(off.sources).toContain("; img-src 'self' data:; connect-src 'self'");
  });

  it('refuses cities that cannot be next to each other', async () => {
    const search = cityFile('search');
    const [twice, reserved] = [
      await print('--city', springfield, '--city', cityFile('twin', { id: 'springfield' })),
      await print('--city', springfield, '--city', search),
    ];
    expect(twice).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('two of the cities have the id "springfield"'),
    });
    expect(reserved).toMatchObject({ code: 1, stderr: expect.stringContaining('"search" cannot be below /search/') });
    expect((await print('--city', search)).code).toBe(0);
  });
});

describe('the sources of a policy', () => {
  const html = '<style data-hash="sha256-B="></style><script data-hash="sha256-A="></script>';
  const image = (url: string): Tiles => ({ url, attribution: '', attributionUrl: '', maxZoom: 19 });
  const sourcesOf = (...tiles: (Tiles | null)[]) =>
    hostedPages(
      html,
      tiles.map((one) => ({ facts: town().city, root: '/', ownTiles: one, tiles: one })),
    ).sources;

  it.each([
    ['no tiles', [null], "img-src 'self' data:; connect-src 'self'"],
    ['a street map of its own', [image('pmtiles:///basemap/a.pmtiles')], "img-src 'self' data:; connect-src 'self'"],
    [
      'an archive elsewhere, and images of several hosts',
      [image('pmtiles://https://maps.example/a.pmtiles'), image('https://{s}.tiles.example/{z}/{x}/{y}.png'), null],
      "img-src 'self' data: https://*.tiles.example; connect-src 'self' https://maps.example",
    ],
  ])('with %s', (_, tiles, expected) => {
    expect(sourcesOf(...tiles)).toBe(`script-src 'self' 'sha256-A='; style-src 'self' 'sha256-B='; ${expected}`);
  });
});
