import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { fixture, noBrowser } from '../browser.ts';
import { english } from '../english.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
/** What a browser itself says of a request that brought nothing. */
const notScripts = (complaints: string[]) => complaints.filter((one) => !one.startsWith('Failed to load resource'));

describe.skipIf(noBrowser)('the page when things go wrong', () => {
  const shared = fixture();

  const summary = (page: Page) => page.locator('.summary').textContent();
  const answered = async (query: string, at: { url: string } = shared): Promise<string> => {
    const answer = (await (await fetch(`${at.url}/search${query}`)).json()) as SearchResponse;
    return text.found(answer.hits, answer.locations);
  };

  it('the server is gone: says what failed; when it is back, retry brings the result', async () => {
    const mortal = await startServer();
    const { page, complaints } = await shared.open();
    await page.goto(mortal.url);
    await page.locator('path.outline').first().waitFor();
    await mortal.stop();
    await page.getByRole('combobox', { name: text.searchLabel }).fill('tacos');
    await page.getByRole('heading', { name: text.failures.unreachable.heading }).waitFor();
    expect(await page.locator('[data-spot]').count()).toBe(0);
    await page.screenshot({ path: 'test/output/page-error-1280.png' });
    const again = await startServer([], mortal.port);
    await page.getByRole('button', { name: text.retry }).click();
    await expect.poll(() => summary(page)).toBe(await answered('?q=tacos', again));
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
    await again.stop();
  });

  it('offline: says so, and searches again by itself when back', async () => {
    const { page, complaints } = await shared.open();
    await page.goto(shared.url);
    await page.locator('path.outline').first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole('combobox', { name: text.searchLabel }).fill('tacos');
    await page.getByRole('heading', { name: text.failures.offline.heading }).waitFor();
    await page.context().setOffline(false);
    await expect.poll(() => summary(page)).toBe(await answered('?q=tacos'));
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it('a link that the API refuses: its own sentences, and a way out', async () => {
    const { page } = await shared.open();
    await page.goto(`${shared.url}/?q=tacos&lat=abc&radius=5`);
    const answer = (await (await fetch(`${shared.url}/search?q=tacos&lat=abc&radius=5`)).json()) as {
      problem: { errors: { parameter: string; detail: string }[] };
    };
    const faults = answer.problem.errors.map(({ parameter, detail }) => `${parameter} ${detail}`);
    expect(faults.length).toBeGreaterThan(1);
    await expect.poll(() => page.locator('.faults li').allTextContents()).toEqual(faults);
    await page.getByRole('link', { name: text.clear }).click();
    await page.getByRole('heading', { name: text.idleHeading }).waitFor();
    await page.context().close();
  });

  it.each([
    [
      503,
      'application/json',
      '{"status":"failure","msg":"down","problem":{"detail":"down","errors":[],"requestId":"r-1"}}',
      'r-1',
    ],
    [502, 'text/html', '<h1>Bad gateway</h1>', null],
  ])('an answer of %d with %s is a break, and the page survives it', async (status, contentType, body, requestId) => {
    const { page, complaints } = await shared.open();
    await page.route('**/search?*', (route) => route.fulfill({ status, contentType, body }));
    await page.goto(`${shared.url}/?q=tacos`);
    await page.getByRole('heading', { name: text.failures.unavailable.heading }).waitFor();
    if (requestId) await page.getByText(text.requestId(requestId)).waitFor();
    await page.unroute('**/search?*');
    await page.getByRole('button', { name: text.retry }).click();
    await expect.poll(() => summary(page)).toBe(await answered('?q=tacos'));
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it('a slow answer shows that it is awaited; a stale one is dropped', async () => {
    const { page, complaints } = await shared.open();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/search?q=tacos*', async (route) => {
      await held;
      await route.continue().catch(() => undefined);
    });
    await page.goto(`${shared.url}/?q=tacos`);
    await page.locator('.is-skeleton').waitFor();
    expect(await page.locator('.progress.is-on').count()).toBe(1);
    await page.getByRole('combobox', { name: text.searchLabel }).fill('coffee');
    await page.keyboard.press('Enter');
    const coffee = await answered('?q=coffee');
    await expect.poll(() => summary(page)).toBe(coffee);
    release();
    // Long enough for the held answer to arrive, had the page still been waiting for it.
    await page.evaluate(
      "fetch('/search?q=tacos&limit=1').then(() => new Promise((resolve) => setTimeout(resolve, 300)))",
    );
    expect(await summary(page)).toBe(coffee);
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it('without what /meta says there is no outline, but there are results, and a way to try again', async () => {
    const { page, complaints } = await shared.open();
    await page.route('**/meta', (route) => route.abort());
    await page.goto(`${shared.url}/?q=tacos`);
    await expect.poll(() => summary(page)).toBe(await answered('?q=tacos'));
    await page.getByText(text.metaFailed).waitFor();
    await page.unroute('**/meta');
    await page.getByRole('button', { name: text.retry }).click();
    await page.locator('path.outline').first().waitFor();
    expect(await page.getByText(text.metaFailed).count()).toBe(0);
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it.skipIf(noSharedData)(
    'data exchanged under an open page: the next answer is the new one, and it says so',
    async () => {
      const before = await startServer();
      const { page, complaints } = await shared.open();
      await page.goto(`${before.url}/?q=tacos`);
      await expect.poll(() => summary(page)).toBe(await answered('?q=tacos', before));
      await before.stop();
      const source = `permits=${sharedData('permits/permits-2024-08-29-489.csv')}`;
      const after = await startServer(['--source', source], before.port);
      await page.getByRole('combobox', { name: text.searchLabel }).fill('coffee');
      await page.getByText(text.newer).waitFor();
      await expect.poll(() => summary(page)).toBe(await answered('?q=coffee', after));
      await expect.poll(() => page.getByText(text.sample).count()).toBe(0);
      expect(notScripts(complaints)).toEqual([]);
      await page.context().close();
      await after.stop();
    },
  );
});

describe.skipIf(noBrowser)('tiles', () => {
  const pixel = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  let tileServer: Server;
  let working = true;
  const referrers = new Set<string | undefined>();
  const shared = fixture(async () => {
    tileServer = createServer((request, response) => {
      referrers.add(request.headers.referer);
      response.writeHead(working ? 200 : 403, { 'Content-Type': 'image/png', 'Cache-Control': 'no-store' });
      response.end(working ? pixel : undefined);
    });
    await new Promise<void>((resolve) => tileServer.listen(0, '127.0.0.1', resolve));
    const { port } = tileServer.address() as AddressInfo;
    const tiles = [
      '--tiles',
      `http://127.0.0.1:${port}/{z}/{x}/{y}.png`,
      '--tiles-attribution',
      'Tile Folk https://tiles.example/terms',
    ];
    return startServer(tiles);
  });
  afterAll(() => {
    tileServer.close();
  });

  it('lie over the outline, with their attribution, and see the page’s origin only', async () => {
    working = true;
    referrers.clear();
    const { page, complaints } = await shared.open();
    await page.goto(`${shared.url}/?q=tacos`);
    await page.locator('.leaflet-tile-loaded').first().waitFor();
    await page.locator('path.outline').first().waitFor();
    expect(await page.getByRole('link', { name: 'Tile Folk' }).getAttribute('href')).toBe(
      'https://tiles.example/terms',
    );
    expect([...referrers]).toEqual([`${shared.url}/`]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('that cannot be had give way to the outline, and come back with the connection', async () => {
    working = false;
    const { page, complaints } = await shared.open();
    await page.goto(`${shared.url}/?q=tacos`);
    await page.getByText(text.outlineOnly).waitFor();
    expect(await page.locator('img.leaflet-tile').count()).toBe(0);
    expect(await page.locator('path.outline').count()).toBeGreaterThan(0);
    expect(await page.locator('[data-spot]').count()).toBeGreaterThan(0);
    working = true;
    await page.context().setOffline(true);
    await page.context().setOffline(false);
    await page.locator('.leaflet-tile-loaded').first().waitFor();
    await page.getByRole('link', { name: 'Tile Folk' }).waitFor();
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });
});
