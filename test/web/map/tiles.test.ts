import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { startServer } from '../page-server.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

describe.skipIf(noBrowser)('image tiles', () => {
  let tileServer: Server;
  const requested = new Set<string>();
  const shared = fixture(async () => {
    tileServer = createServer((request, response) => {
      requested.add(request.url ?? '');
      response.writeHead(200, { 'Content-Type': 'image/png' }).end(PIXEL);
    });
    await new Promise<void>((resolve) => tileServer.listen(0, '127.0.0.1', resolve));
    const { port } = tileServer.address() as AddressInfo;
    return startServer([
      '--tiles',
      `http://127.0.0.1:${port}/{z}/{x}/{y}{r}.png`,
      '--tiles-attribution',
      'Tile Folk https://tiles.example/terms',
    ]);
  });
  afterAll(() => {
    tileServer.close();
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
    ['1920', { viewport: { width: 1920, height: 1080 } }],
  ])('are not scaled, and their attribution can be pressed, at %s', async (_width, screen) => {
    const { page, complaints } = await shared.open({ reducedMotion: 'reduce', ...screen });
    await page.goto(`${shared.url}/?q=tacos`);
    await page.locator('.leaflet-tile-loaded').first().waitFor();
    await page.locator('.pin').first().waitFor();
    const sizes = await page
      .locator('.leaflet-tile-loaded')
      .evaluateAll((all) => all.map((tile) => tile.getBoundingClientRect().width));
    expect(new Set(sizes)).toEqual(new Set([256]));
    // 24 pixels: the target size of WCAG 2.2, AA.
    for (const link of await page.locator('.attribution a').all())
      expect((await link.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(24);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('are asked for in the screen’s resolution', async () => {
    for (const [deviceScaleFactor, suffix] of [
      [1, '.png'],
      [2, '@2x.png'],
    ] as const) {
      requested.clear();
      const { page } = await shared.open({ ...DESKTOP, deviceScaleFactor });
      await page.goto(`${shared.url}/?q=tacos`);
      await page.locator('.leaflet-tile-loaded').first().waitFor();
      expect([...requested].filter((path) => !/^\/\d+\/\d+\/\d+(@2x)?\.png$/.test(path))).toEqual([]);
      expect(
        [...requested].every((path) => path.endsWith(suffix) && path.includes('@') === (deviceScaleFactor === 2)),
      ).toBe(true);
      await page.context().close();
    }
  });
});

describe.skipIf(noBrowser)('a link to a view of the map', () => {
  const { visit } = fixture();

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])(
    'shows its point in the middle of what the list leaves free, and stays the same link, at %s',
    async (_width, screen) => {
      const link = '/?q=tacos&lat=37.7893&lon=-122.4009&sort=distance&map=37.7893,-122.4009,15';
      const { page, done } = await visit(link, { reducedMotion: 'reduce', ...screen });
      await page.locator('.row[data-vendor]').first().waitFor();
      const [point, map, pane] = await Promise.all(
        ['.origin', '#map', '#pane'].map((selector) => page.locator(selector).boundingBox()),
      );
      if (!point || !map || !pane) throw new Error('the origin, the map or the list has no box');
      const bottom = pane.y > map.y ? pane.y : map.y + map.height;
      expect(Math.abs(point.y + point.height / 2 - (map.y + bottom) / 2)).toBeLessThan(12);
      expect(Math.abs(point.x + point.width / 2 - (map.x + map.width / 2))).toBeLessThan(3);
      expect(new URL(page.url()).searchParams.get('map')).toBe('37.7893,-122.4009,15');
      await done();
    },
  );
});
