import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { startServer } from '../page-server.ts';
import { archiveOf, landTile, PNG, pictureOf, VECTOR } from './pmtiles-archive.ts';

const text = english('en-US');
/** What the archives have after their tile: no reader may load it. */
const PADDING = 3_000_000;
const CORAL = [240, 128, 100] as const;

/** The colour in the middle of the first tile of the base layer: red, green, blue, opacity. */
async function colour(page: Page): Promise<number[]> {
  await page.locator('canvas.leaflet-tile-loaded').first().waitFor();
  return page.evaluate(`(() => {
    const tile = document.querySelector('canvas.leaflet-tile-loaded');
    const copy = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    copy.drawImage(tile, tile.width / 2, tile.height / 2, 1, 1, 0, 0, 1, 1);
    return [...copy.getImageData(0, 0, 1, 1).data];
  })()`);
}

describe.skipIf(noBrowser)('a PMTiles archive as the base layer', () => {
  const directory = mkdtempSync(join(tmpdir(), 'curbside-basemap-'));
  beforeAll(() => {
    mkdirSync(join(directory, 'basemap'));
    writeFileSync(join(directory, 'basemap/land.pmtiles'), archiveOf(landTile(), VECTOR, PADDING));
    writeFileSync(join(directory, 'basemap/coral.pmtiles'), archiveOf(pictureOf(CORAL), PNG, PADDING));
    writeFileSync(join(directory, 'basemap/broken.pmtiles'), 'this is no archive');
    writeFileSync(join(directory, 'secret.pmtiles'), 'not below basemap/');
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  const serverOf = (url: string) => () =>
    startServer([
      '--tiles',
      url,
      '--tiles-attribution',
      'Map Folk https://maps.example/terms',
      '--data-dir',
      directory,
    ]);

  describe('of vectors, from the page’s own server', () => {
    const shared = fixture(serverOf('/basemap/land.pmtiles'));

    it.each([
      ['390', PHONE],
      ['1280', DESKTOP],
    ])('is drawn over the outline from parts of the file, with its attribution, at %s', async (width, screen) => {
      const { page, done } = await shared.visit('/?q=tacos', screen);
      const answers: { status: number; range: string; bytes: number }[] = [];
      page.on('response', async (response) => {
        if (!response.url().endsWith('.pmtiles')) return;
        const { 'content-range': range = '', 'content-length': bytes = '0' } = response.headers();
        answers.push({ status: response.status(), range, bytes: Number(bytes) });
      });
      await page.reload();
      expect((await colour(page))[3]).toBe(255);
      await page.locator('path.outline').first().waitFor();
      expect(await page.getByRole('link', { name: 'Map Folk' }).getAttribute('href')).toBe(
        'https://maps.example/terms',
      );
      expect(answers.length).toBeGreaterThan(0);
      for (const { status, range } of answers) expect([status, range]).toEqual([206, expect.stringMatching(/^bytes /)]);
      expect(answers.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(PADDING / 10);
      await page.screenshot({ path: `test/output/page-archive-${width}.png` });
      await done();
    });

    it('is of the light or the dark look, and changes with the device', async () => {
      const { page, done } = await shared.visit('/', { ...DESKTOP, colorScheme: 'light' });
      const light = await colour(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect.poll(async () => (await colour(page)).slice(0, 3).reduce((sum, one) => sum + one)).toBeLessThan(250);
      expect(light.slice(0, 3).reduce((sum, one) => sum + one)).toBeGreaterThan(500);
      await done();
    });

    it('asks for nothing again while the map stands, and for no tile twice', async () => {
      const { page, done } = await shared.visit('/');
      await colour(page);
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.getByRole('button', { name: text.zoomIn }).click();
      await expect.poll(() => page.locator('canvas.leaflet-tile-loaded').count()).toBeGreaterThan(0);
      // One tile is all that the archive holds, and the page has it.
      expect(asked.filter((url) => url.includes('.pmtiles')).length).toBeLessThanOrEqual(20);
      await done();
    });

    it('is served by parts, whole, by its tag, and nothing else of the data directory is', async () => {
      const url = `${shared.url}/basemap/land.pmtiles`;
      const whole = await fetch(url);
      const size = (await whole.arrayBuffer()).byteLength;
      expect(size).toBeGreaterThan(PADDING);
      const tag = whole.headers.get('etag') ?? '';
      const part = async (range: string) => {
        const response = await fetch(url, { headers: { Range: range } });
        const bytes = (await response.arrayBuffer()).byteLength;
        return [response.status, bytes, response.headers.get('content-range'), response.headers.get('etag')];
      };
      expect(await part('bytes=0-126')).toEqual([206, 127, `bytes 0-126/${size}`, tag]);
      expect(await part('bytes=-10')).toEqual([206, 10, `bytes ${size - 10}-${size - 1}/${size}`, tag]);
      expect(await part(`bytes=${size}-`)).toEqual([416, 0, `bytes */${size}`, tag]);
      expect((await fetch(url, { headers: { 'If-None-Match': tag } })).status).toBe(304);
      for (const path of [
        '/basemap/none.pmtiles',
        '/basemap/../secret.pmtiles',
        '/basemap/..%2fsecret.pmtiles',
        '/secret.pmtiles',
      ])
        expect([path, (await fetch(`${shared.url}${path}`)).status]).toEqual([path, 404]);
    });
  });

  describe('of pictures, from another server', () => {
    let other: Server;
    const shared = fixture(async () => {
      const archive = archiveOf(pictureOf(CORAL), PNG, PADDING);
      other = createServer((request, response) => {
        const cors = {
          'Access-Control-Allow-Origin': '*',
          'Access-Control-Allow-Headers': 'Range',
          'Access-Control-Expose-Headers': 'ETag',
        };
        const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [];
        response.writeHead(request.method === 'OPTIONS' ? 204 : 206, { ...cors, ETag: '"one"' });
        response.end(request.method === 'OPTIONS' ? undefined : archive.subarray(Number(from), Number(to) + 1));
      });
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      return serverOf(`http://127.0.0.1:${(other.address() as AddressInfo).port}/city.pmtiles`)();
    });
    afterAll(() => {
      other.close();
    });

    it('shows them; the policy lets the page ask that server, and no other', async () => {
      const { page, done } = await shared.visit('/?q=tacos');
      expect(await colour(page)).toEqual([...CORAL, 255]);
      const policy = (await fetch(shared.url)).headers.get('content-security-policy') ?? '';
      const { port } = other.address() as AddressInfo;
      expect(policy).toContain(`connect-src 'self' http://127.0.0.1:${port};`);
      expect(policy).toContain("img-src 'self' data:;");
      await done();
    });
  });

  describe.each([
    ['is not there', '/basemap/none.pmtiles'],
    ['is no archive', '/basemap/broken.pmtiles'],
  ])('that %s', (_name, url) => {
    const shared = fixture(serverOf(url));
    it('gives way to the outline, and the rest of the page works', async () => {
      const { page } = await shared.open();
      await page.goto(`${shared.url}/?q=tacos`);
      await page.locator('[data-spot]').first().waitFor();
      await page.getByText(text.outlineOnly).waitFor();
      expect(await page.locator('path.outline').count()).toBeGreaterThan(0);
      expect(await page.locator('canvas.leaflet-tile').count()).toBe(0);
      await page.context().close();
    });
  });

  describe('is not wanted', () => {
    const shared = fixture();
    it('and nothing that reads one is downloaded', async () => {
      const { page, complaints } = await shared.open();
      const files: string[] = [];
      page.on('request', (request) => files.push(new URL(request.url()).pathname));
      await page.goto(`${shared.url}/?q=tacos`);
      await page.locator('[data-spot]').first().waitFor();
      await page.locator('path.outline').first().waitFor();
      expect(files.length).toBeGreaterThan(3);
      expect(files.filter((path) => path.includes('archive'))).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });
});
