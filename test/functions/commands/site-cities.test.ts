import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InventedCities, startInventedCities } from '../../fixtures/invented-cities.ts';
import { run } from '../../fixtures/server-process.ts';

let invented: InventedCities;
beforeAll(async () => {
  invented = await startInventedCities();
});
afterAll(() => invented.end());

describe('a site with two cities', () => {
  const site = () => join(invented.directory, 'site');
  const text = (path: string) => readFile(join(site(), path), 'utf8');
  const json = async (path: string) => JSON.parse(await text(path)) as unknown;
  const write = async (data: string) => {
    const cities = [await invented.cityFile('alpha'), await invented.cityFile('beta')].join(',');
    const place = ['--out', site(), '--data-dir', data, '--base', 'https://maps.example/food/', '--tiles', 'off'];
    return run('site', ['--city', cities, ...place]);
  };

  it('has the first at its root and the other in a folder, and keeps the last release of one that fails', async () => {
    invented.publishTable('alpha', 3);
    invented.publishTable('beta', 5);
    const data = invented.newData();
    expect(await write(data)).toMatchObject({ code: 0 });
    expect(await json('cities.json')).toMatchObject({
      cities: [
        { id: 'alpha', page: './', counts: { vendors: 3 } },
        { id: 'beta', page: 'beta/', counts: { vendors: 5 } },
      ],
    });
    expect(await json('beta/cities.json')).toMatchObject({ cities: [{ page: '../' }, { page: './' }] });
    expect(await json('beta/data/current.json')).toMatchObject({ cities: [{ page: '../' }, { page: './' }] });
    expect(await text('index.html')).not.toContain('data-city');
    expect(await text('beta/index.html')).toContain('data-city="beta"');
    expect(await text('robots.txt')).toContain('Sitemap: https://maps.example/food/beta/sitemap.xml');
    expect(await text('beta/sitemap.xml')).toContain('<loc>https://maps.example/food/beta/v/');
    const names = await readdir(join(site(), 'beta'));
    expect(names).toEqual(expect.arrayContaining(['worker.js', 'assets', 'data', 'v']));
    expect(names).not.toContain('robots.txt');

    invented.publishTable('alpha', 4);
    invented.portal.publishFile('/beta.csv', Buffer.from('Id\n'), 'text/csv');
    const { code, stdout } = await write(data);
    expect(code).toBe(1);
    expect(stdout).toContain('the site has its last release');
    expect(await json('cities.json')).toMatchObject({
      cities: [{ counts: { vendors: 4 } }, { counts: { vendors: 5 } }],
    });
  }, 60_000);
});
