import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { type RunningServer, startServer } from '../page-server.ts';

const text = english('en-US');
const VISITOR = { ...DESKTOP, serviceWorkers: 'allow' } as const;

describe.skipIf(noBrowser)('the page’s own search in place of a server', () => {
  const shared = fixture(startServer);

  const field = (page: Page) => page.getByRole('combobox', { name: text.searchLabel });
  const notice = (page: Page) => page.locator('.notice-line.is-own');
  const shown = (page: Page) =>
    page.locator('.row[data-vendor]').evaluateAll((all) => all.map((one) => one.getAttribute('data-vendor')));
  const kept = (page: Page) =>
    page.evaluate("caches.open('/release').then((cache) => cache.keys()).then((all) => all.length)");
  async function search(page: Page, words: string): Promise<void> {
    await field(page).fill(words);
    await page.keyboard.press('Enter');
  }
  /** Expects the page to show what the shared server, which has the same data, answers. */
  async function showsAnswer(page: Page, q: string): Promise<void> {
    const { hits, locations, trucks } = await shared.get<SearchResponse>(`/search?q=${encodeURIComponent(q)}`);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(hits, locations));
    await expect.poll(() => shown(page)).toEqual(trucks.map(({ id }) => id).slice(0, (await shown(page)).length));
  }
  /** Presses a link to a file of the API, and expects the one that the shared server has. */
  async function savesFile(page: Page, start: string, format: string): Promise<void> {
    const link = page.locator(`a[download][href^="${start}"][href*="${format}"]`).first();
    const download = page.waitForEvent('download');
    await link.click();
    const saved = await download;
    const response = await fetch(`${shared.url}/${await link.getAttribute('href')}`);
    const [, name = `curbside.${format}`] = /"(.+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
    expect(saved.suggestedFilename()).toBe(name);
    expect(readFileSync(await saved.path())).toEqual(Buffer.from(await response.arrayBuffer()));
  }
  /** Visits a server twice, until this device has kept its release. */
  async function visitTwice(server: RunningServer, page: Page): Promise<void> {
    await page.goto(`${server.url}/?q=tacos`);
    await page.locator('[data-spot]').first().waitFor();
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    expect(await kept(page)).toBe(0);
    await page.goto(`${server.url}/?q=tacos`);
    await expect.poll(() => page.evaluate("localStorage.getItem('release')")).not.toBeNull();
  }

  it('once the server is gone, it answers and says so, also after a reload; and leaves it to the server again', async () => {
    const server = await startServer();
    const { page } = await shared.open(VISITOR);
    await visitTwice(server, page);
    await server.stop();
    for (const question of ['coffee', 'tacoz', '热狗']) {
      await search(page, question);
      await showsAnswer(page, question);
      expect(await notice(page).textContent()).toBe(text.ownSearch);
    }
    await page.goto(`${server.url}/?q=coffee`);
    await showsAnswer(page, 'coffee');
    await notice(page).waitFor();
    const restarted = await startServer([], server.port);
    // A browser says so when the device is connected again.
    await page.evaluate("window.dispatchEvent(new Event('online'))");
    await expect.poll(() => notice(page).count()).toBe(0);
    const answer = page.waitForResponse((response) => response.url().includes('q=burritos') && response.ok());
    await search(page, 'burritos');
    await answer;
    await page.context().close();
    await restarted.stop();
  }, 60_000);

  it('files and calendars are saved without the server: while the page answers, and as soon as the device is offline', async () => {
    const server = await startServer();
    const { page } = await shared.open(VISITOR);
    await visitTwice(server, page);
    await page.context().setOffline(true);
    await savesFile(page, 'search?q=tacos', 'csv');
    expect(await notice(page).count()).toBe(0);
    await server.stop();
    await page.context().setOffline(false);
    await search(page, 'coffee');
    await notice(page).waitFor();
    for (const format of ['csv', 'geojson', 'ics']) await savesFile(page, 'search?q=coffee', format);
    await page.locator('.row[data-vendor]').first().click();
    await savesFile(page, 'trucks/', '.ics');
    await page.context().close();
  }, 60_000);

  it('renews what is kept after a day', async () => {
    const [first, directory] = [await startServer(), mkdtempSync(join(tmpdir(), 'curbside-own-'))];
    const { page } = await shared.open(VISITOR);
    await visitTwice(first, page);
    const version = () =>
      page.evaluate<string>("caches.match('/data/current.json').then((file) => file.json()).then((it) => it.version)");
    const earlier = await version();
    await first.stop();
    const permits = readFileSync(`${BUILD}/sample/permits.csv`, 'utf8').split('\n').slice(0, 40);
    writeFileSync(join(directory, 'permits.csv'), permits.join('\n'));
    const second = await startServer(['--source', `permits=${join(directory, 'permits.csv')}`], first.port);
    await page.evaluate("localStorage.setItem('release', new Date(Date.now() - 90_000_000).toISOString())");
    await page.goto(`${second.url}/`);
    await expect.poll(version).not.toBe(earlier);
    await page.context().close();
    await second.stop();
    rmSync(directory, { recursive: true });
  }, 60_000);

  it.each([
    ['en', 390, 664, 'light'],
    ['ru', 390, 664, 'dark'],
    ['zh', 844, 390, 'light'],
    ['es', 844, 390, 'dark'],
    ['en', 1280, 800, 'dark'],
  ] as const)(
    'in %s at %d by %d, %s, its line is whole and on the screen',
    async (lang, width, height, colorScheme) => {
      const { page } = await shared.open({ ...PHONE, viewport: { width, height }, colorScheme });
      await page.route('**/search?*', (route) => route.fulfill({ status: 503, body: '' }));
      await page.goto(`${shared.url}/?q=tacos&lang=${lang}`);
      await notice(page).waitFor();
      await page.screenshot({ path: `test/output/own-engine-${lang}-${width}-${colorScheme}.png` });
      const line = await notice(page).boundingBox();
      expect((line?.y ?? height) + (line?.height ?? 0)).toBeLessThan(height);
      const overflow = await notice(page).evaluate((one) => one.scrollWidth - one.clientWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );

  it('on a first visit, a server that only fails to search has what the page needs', async () => {
    const { page } = await shared.open();
    await page.route('**/search?*', (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto(`${shared.url}/?q=tacos`);
    await showsAnswer(page, 'tacos');
    await notice(page).waitFor();
    await page.unroute('**/search?*');
    // Without an event, the page asks after 4 to 6 s.
    await expect.poll(() => notice(page).count()).toBe(0);
    await page.context().close();
  });

  it('a server that does not answer is given up sooner if the release is kept', async () => {
    const { page } = await shared.open();
    await page.addInitScript("localStorage.setItem('release', new Date().toISOString())");
    await page.goto(`${shared.url}/?q=tacos`);
    await showsAnswer(page, 'tacos');
    await page.route('**/search?*', () => undefined);
    await search(page, 'coffee');
    // After 8 s instead of 15.
    await notice(page).waitFor({ timeout: 12_000 });
    await showsAnswer(page, 'coffee');
    await page.context().close();
  });

  it.each([
    ['the browser saves data', '{ saveData: true }'],
    ['the connection is slow', "{ effectiveType: '2g' }"],
  ])('nothing is downloaded for it if %s', async (_when, connection) => {
    const { page } = await shared.open();
    await page.addInitScript(`Object.defineProperty(navigator, 'connection', { value: ${connection} })`);
    const requested: string[] = [];
    page.on('request', (request) => requested.push(request.url()));
    await page.route('**/search?*', (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto(`${shared.url}/?q=tacos`);
    await page.getByRole('heading', { name: text.failures.unavailable.heading }).waitFor();
    expect(requested.filter((url) => /\/local-api-|\/data\//.test(url))).toEqual([]);
    await page.context().close();
  });

  it('a city that is too large for a page has none, and the page says what failed', async () => {
    const { page } = await shared.open();
    await page.route('**/data/current.json', (route) => route.fulfill({ json: { version: '1', files: [] } }));
    await page.route('**/search?*', (route) => route.fulfill({ status: 503, body: '' }));
    await page.goto(`${shared.url}/?q=tacos`);
    await page.getByRole('heading', { name: text.failures.unavailable.heading }).waitFor();
    expect(await notice(page).count()).toBe(0);
    await page.context().close();
  });
});
