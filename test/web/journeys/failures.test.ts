import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { fixture, noBrowser } from '../browser.ts';
import { english } from '../english.ts';
import { withoutOwnSearch } from '../page-parts.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
/** Leaves out the browser's own messages about failed requests. */
const notScripts = (complaints: string[]) => complaints.filter((one) => !one.startsWith('Failed to load resource'));

describe.skipIf(noBrowser)('the page after a failure', () => {
  const shared = fixture();

  const summary = (page: Page) => page.locator('.summary').textContent();
  const expectedSummary = async (query: string, at: { url: string } = shared): Promise<string> => {
    const answer = (await (await fetch(`${at.url}/search${query}`)).json()) as SearchResponse;
    return text.found(answer.hits, answer.locations);
  };

  it('the server is down: it says what failed; once the server is back, retry shows the results', async () => {
    const temporary = await startServer();
    const { page, complaints } = await shared.open();
    await page.goto(temporary.url);
    await page.locator('path.outline').first().waitFor();
    await temporary.stop();
    await page.getByRole('combobox', { name: text.searchLabel }).fill('tacos');
    await page.getByRole('heading', { name: text.failures.unreachable.heading }).waitFor();
    expect(await page.locator('[data-spot]').count()).toBe(0);
    await page.screenshot({ path: 'test/output/page-error-1280.png' });
    const restarted = await startServer([], temporary.port);
    await page.getByRole('button', { name: text.retry }).click();
    await expect.poll(() => summary(page)).toBe(await expectedSummary('?q=tacos', restarted));
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
    await restarted.stop();
  });

  it('offline: it says so, and searches again once online', async () => {
    const { page, complaints } = await shared.open();
    await page.goto(shared.url);
    await page.locator('path.outline').first().waitFor();
    await page.context().setOffline(true);
    await page.getByRole('combobox', { name: text.searchLabel }).fill('tacos');
    await page.getByRole('heading', { name: text.failures.offline.heading }).waitFor();
    await page.context().setOffline(false);
    await expect.poll(() => summary(page)).toBe(await expectedSummary('?q=tacos'));
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it('a link that the API rejects: the API’s messages, and a link to start again', async () => {
    const { page } = await shared.open();
    await page.goto(`${shared.url}/?q=tacos&lat=abc&radius=5`);
    const answer = await shared.get<{ problem: { errors: { parameter: string; detail: string }[] } }>(
      '/search?q=tacos&lat=abc&radius=5',
    );
    const messages = answer.problem.errors.map(({ parameter, detail }) => `${parameter} ${detail}`);
    expect(messages.length).toBeGreaterThan(1);
    await expect.poll(() => page.locator('.faults li').allTextContents()).toEqual(messages);
    await page.getByRole('link', { name: text.clear }).click();
    const { hits, locations } = await shared.api('?status=approved');
    await expect.poll(() => summary(page)).toBe(text.found(hits, locations));
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
    // Not from the API: from what is in front of it.
    [429, 'text/html', '<h1>Too many requests</h1>', null],
    [429, 'application/json', '{"detail":"slow down","errors":[]}', null],
    [408, 'text/plain', 'timeout', null],
    [404, 'text/html', '<h1>Not found</h1>', null],
  ])('status %d with %s: the search is unavailable, and retry works', async (status, contentType, body, requestId) => {
    const { page, complaints } = await shared.open();
    await withoutOwnSearch(page);
    await page.route('**/search?*', (route) => route.fulfill({ status, contentType, body }));
    await page.goto(`${shared.url}/?q=tacos`);
    await page.getByRole('heading', { name: text.failures.unavailable.heading }).waitFor();
    if (requestId) await page.getByText(text.requestId(requestId)).waitFor();
    await page.unroute('**/search?*');
    await page.getByRole('button', { name: text.retry }).click();
    await expect.poll(() => summary(page)).toBe(await expectedSummary('?q=tacos'));
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it('a slow answer shows progress; a stale one is dropped', async () => {
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
    const coffee = await expectedSummary('?q=coffee');
    await expect.poll(() => summary(page)).toBe(coffee);
    release();
    // Long enough for the held answer to arrive if the page still waited for it.
    await page.evaluate(
      "fetch('/search?q=tacos&limit=1').then(() => new Promise((resolve) => setTimeout(resolve, 300)))",
    );
    expect(await summary(page)).toBe(coffee);
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it('without /meta, there is no outline, but there are results and a retry button', async () => {
    const { page, complaints } = await shared.open();
    await withoutOwnSearch(page);
    await page.route('**/meta', (route) => route.abort());
    await page.goto(`${shared.url}/?q=tacos`);
    await expect.poll(() => summary(page)).toBe(await expectedSummary('?q=tacos'));
    await page.getByText(text.metaFailed).waitFor();
    await page.unroute('**/meta');
    await page.getByRole('button', { name: text.retry }).click();
    await page.locator('path.outline').first().waitFor();
    expect(await page.getByText(text.metaFailed).count()).toBe(0);
    expect(notScripts(complaints)).toEqual([]);
    await page.context().close();
  });

  it.skipIf(noSharedData)(
    'data replaced while the page is open: the next answer is from the new data, and a notice says so',
    async () => {
      const before = await startServer();
      const { page, complaints } = await shared.open();
      await page.goto(`${before.url}/?q=tacos`);
      await expect.poll(() => summary(page)).toBe(await expectedSummary('?q=tacos', before));
      await before.stop();
      const source = `permits=${sharedData('permits/permits-2024-08-29-489.csv')}`;
      const after = await startServer(['--source', source], before.port);
      await page.getByRole('combobox', { name: text.searchLabel }).fill('coffee');
      await page.getByText(text.dataUpdated).waitFor();
      await expect.poll(() => summary(page)).toBe(await expectedSummary('?q=coffee', after));
      await expect.poll(() => page.getByText(text.sample).count()).toBe(0);
      expect(notScripts(complaints)).toEqual([]);
      await page.context().close();
      await after.stop();
    },
  );
});

describe.skipIf(noBrowser)('map tiles', () => {
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

  it('cover the outline, show their attribution, and receive the page’s origin only as referrer', async () => {
    working = true;
    referrers.clear();
    const { page, complaints } = await shared.open();
    await page.goto(`${shared.url}/?q=tacos`);
    await page.locator('.leaflet-tile-loaded').first().waitFor();
    await page.locator('path.outline').first().waitFor();
    expect(await page.getByRole('link', { name: 'Tile Folk' }).getAttribute('href')).toBe(
      'https://tiles.example/terms',
    );
    expect([...referrers]).toEqual([`${new URL(shared.url).origin}/`]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('that fail to load leave the outline, and return with the connection', async () => {
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
