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
import { archiveOf, landTile, PNG, plainPng, VECTOR } from './pmtiles-archive.ts';

const text = english('en-US');
/** Bytes after the tile of an archive, which no reader may load. */
const PADDING = 3_000_000;
const CORAL = [240, 128, 100] as const;

/** Red, green, blue and opacity in the middle of the first tile of the base layer. */
async function tileColour(page: Page): Promise<number[]> {
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
    writeFileSync(join(directory, 'basemap/coral.pmtiles'), archiveOf(plainPng(CORAL), PNG, PADDING));
    writeFileSync(join(directory, 'basemap/broken.pmtiles'), 'this is not an archive');
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

  describe('with vector tiles, from the page’s own server', () => {
    const shared = fixture(serverOf('/basemap/land.pmtiles'));

    it.each([
      ['390', PHONE],
      ['1280', DESKTOP],
    ])('is drawn over the outline from ranges of the file, with its attribution, at %s', async (width, screen) => {
      const { page, done } = await shared.visit('/?q=tacos', screen);
      const answers: { status: number; range: string; bytes: number }[] = [];
      page.on('response', async (response) => {
        if (!response.url().endsWith('.pmtiles')) return;
        const { 'content-range': range = '', 'content-length': bytes = '0' } = response.headers();
        answers.push({ status: response.status(), range, bytes: Number(bytes) });
      });
      await page.reload();
      expect((await tileColour(page))[3]).toBe(255);
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

    it('follows the device’s light or dark scheme', async () => {
      const { page, done } = await shared.visit('/', { ...DESKTOP, colorScheme: 'light' });
      const light = await tileColour(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await expect
        .poll(async () => (await tileColour(page)).slice(0, 3).reduce((sum, one) => sum + one))
        .toBeLessThan(250);
      expect(light.slice(0, 3).reduce((sum, one) => sum + one)).toBeGreaterThan(500);
      await done();
    });

    it('does not load a tile twice', async () => {
      const { page, done } = await shared.visit('/');
      await tileColour(page);
      const requests: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      await page.getByRole('button', { name: text.zoomIn, exact: true }).click();
      await expect.poll(() => page.locator('canvas.leaflet-tile-loaded').count()).toBeGreaterThan(0);
      // The archive holds one tile, which the page already has.
      expect(requests.filter((url) => url.includes('.pmtiles')).length).toBeLessThanOrEqual(20);
      await done();
    });

    it('is served whole, by ranges and by ETag, without the rest of the data directory', async () => {
      const url = `${shared.url}/basemap/land.pmtiles`;
      const whole = await fetch(url);
      const size = (await whole.arrayBuffer()).byteLength;
      expect(size).toBeGreaterThan(PADDING);
      const etag = whole.headers.get('etag') ?? '';
      const fetchRange = async (range: string) => {
        const response = await fetch(url, { headers: { Range: range } });
        const bytes = (await response.arrayBuffer()).byteLength;
        return [response.status, bytes, response.headers.get('content-range'), response.headers.get('etag')];
      };
      expect(await fetchRange('bytes=0-126')).toEqual([206, 127, `bytes 0-126/${size}`, etag]);
      expect(await fetchRange('bytes=-10')).toEqual([206, 10, `bytes ${size - 10}-${size - 1}/${size}`, etag]);
      expect(await fetchRange(`bytes=${size}-`)).toEqual([416, 0, `bytes */${size}`, etag]);
      expect((await fetch(url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
      for (const path of [
        '/basemap/none.pmtiles',
        '/basemap/../secret.pmtiles',
        '/basemap/..%2fsecret.pmtiles',
        '/secret.pmtiles',
      ])
        expect([path, (await fetch(`${shared.url}${path}`)).status]).toEqual([path, 404]);
    });
  });

  describe('with raster tiles, from another server', () => {
    let other: Server;
    const shared = fixture(async () => {
      const archive = archiveOf(plainPng(CORAL), PNG, PADDING);
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

    it('is drawn; the policy allows requests to that server and no other', async () => {
      const { page, complaints } = await shared.open();
      const response = await page.goto(`${shared.url}/?q=tacos`);
      expect(await tileColour(page)).toEqual([...CORAL, 255]);
      // A page without a server has its policy in a tag.
      const tag = page.locator('meta[http-equiv="Content-Security-Policy"]');
      const policy = response?.headers()['content-security-policy'] ?? (await tag.getAttribute('content'));
      const { port } = other.address() as AddressInfo;
      expect(policy).toContain(`connect-src 'self' http://127.0.0.1:${port};`);
      expect(policy).toContain("img-src 'self' data:;");
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });

  describe.each([
    ['does not exist', '/basemap/none.pmtiles'],
    ['is not an archive', '/basemap/broken.pmtiles'],
  ])('that %s', (_name, url) => {
    const shared = fixture(serverOf(url));
    it('leaves the outline, and the rest of the page works', async () => {
      const { page } = await shared.open();
      await page.goto(`${shared.url}/?q=tacos`);
      await page.locator('[data-spot]').first().waitFor();
      await page.getByText(text.outlineOnly).waitFor();
      expect(await page.locator('path.outline').count()).toBeGreaterThan(0);
      expect(await page.locator('canvas.leaflet-tile').count()).toBe(0);
      await page.context().close();
    });
  });

  describe('without one configured', () => {
    const shared = fixture();
    it('downloads no code that reads one', async () => {
      const { page, complaints } = await shared.open();
      const files: string[] = [];
      page.on('request', (request) => files.push(new URL(request.url()).pathname));
      await page.goto(`${shared.url}/?q=tacos`);
      await page.locator('[data-spot]').first().waitFor();
      await page.locator('path.outline').first().waitFor();
      expect(files.length).toBeGreaterThan(3);
      expect(files.filter((path) => path.includes('pmtiles'))).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  });
});
