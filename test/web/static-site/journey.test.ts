import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import type { SiteRelease } from '../../../functions/model/site-release.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { DESKTOP, noBrowser, PHONE, pageFixture } from '../browser.ts';
import { english } from '../english.ts';
import { type RunningServer, startServer } from '../page-server.ts';
import { type BuiltSite, buildSite } from './built-site.ts';
import { type StaticServer, startStaticServer } from './static-server.ts';

const text = english('en-US');

/** Some of the sample's permits, as a table of its own. */
function firstPermits(directory: string): string {
  const lines = readFileSync(`${BUILD}/sample/permits.csv`, 'utf8').split('\n');
  writeFileSync(`${directory}/../permits.csv`, lines.slice(0, 40).join('\n'));
  return `${directory}/../permits.csv`;
}

describe.skipIf(noBrowser)('a site without a server, under a sub-path', () => {
  let site: BuiltSite | undefined;
  let files: StaticServer | undefined;
  /** Serves the same sample, for the expected answers. */
  let api: RunningServer | undefined;
  const shared = pageFixture(async () => {
    [site, api] = await Promise.all([buildSite(), startServer()]);
    files = await startStaticServer(site.directory);
    return files;
  });
  afterAll(async () => {
    await api?.stop();
    site?.remove();
  });
  const expected = async (query: string) =>
    (await (await fetch(`${api?.url}/search${query}`)).json()) as SearchResponse;
  const shown = (page: Page) =>
    page.locator('.row[data-vendor]').evaluateAll((all) => all.map((one) => one.getAttribute('data-vendor')));
  const field = (page: Page) => page.getByRole('combobox', { name: text.searchLabel });
  const idsOf = ({ trucks }: SearchResponse) => trucks.map(({ id }) => id);

  it.each([
    ['desktop', DESKTOP],
    ['phone', PHONE],
  ])(
    'on a %s: searches, corrects, filters and opens a vendor with the network cut after the load',
    async (name, device) => {
      const { page, complaints } = await shared.open({ ...device, serviceWorkers: 'allow' });
      await page.goto(`${shared.url}/?q=tacos`);
      await expect.poll(() => shown(page)).toEqual(idsOf(await expected('?q=tacos')));
      // The map is loaded after the list.
      await page.locator('[data-spot]').first().waitFor();
      await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
      await page.context().setOffline(true);
      for (const question of ['coffee', 'tacoz', 'tacos сегодня', '热狗', 'good coffee without pastries']) {
        await field(page).fill(question);
        await page.keyboard.press('Enter');
        const answer = await expected(`?q=${encodeURIComponent(question)}`);
        await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(answer.hits, answer.locations));
        await expect.poll(() => shown(page)).toEqual(idsOf(answer).slice(0, (await shown(page)).length));
      }
      await field(page).fill('ta');
      await page.locator('[role=option].suggestion').first().waitFor();
      await field(page).fill('tacos');
      await page.keyboard.press('Enter');
      const [first] = (await expected('?q=tacos')).trucks;
      await page.locator(`.row[data-vendor="${first?.id}"] .branch`).first().click();
      await page
        .getByRole('heading', { name: first?.name ?? '' })
        .last()
        .waitFor();
      // The browser reports what the service worker could not renew.
      expect(complaints.filter((one) => !one.startsWith('Failed to load resource'))).toEqual([]);
      await page.screenshot({ path: `test/output/site-${name}.png` });
      await page.context().close();
    },
  );

  it('saves results as files', async () => {
    const { page, complaints } = await shared.open();
    await page.goto(`${shared.url}/?q=tacos`);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV', exact: true }).click();
    const saved = await download;
    const csv = await (await fetch(`${api?.url}/search?q=tacos&format=csv`)).arrayBuffer();
    expect(readFileSync(await saved.path())).toEqual(Buffer.from(csv));
    expect(saved.suggestedFilename()).toMatch(/\.csv$/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('works on a second visit without a connection', async () => {
    const { page } = await shared.open({ ...DESKTOP, serviceWorkers: 'allow' });
    await page.goto(`${shared.url}/?q=tacos`);
    await page.locator('.row[data-vendor]').first().waitFor();
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    // The release is kept half a second after it was opened.
    const kept =
      "caches.keys().then((names) => caches.open(names.find((name) => name.endsWith('release')) ?? '')).then((all) => all.keys()).then((all) => all.length)";
    await expect.poll(() => page.evaluate(kept)).toBe(2);
    await page.context().setOffline(true);
    await page.goto(`${shared.url}/?q=coffee`);
    await expect.poll(() => shown(page)).toEqual(idsOf(await expected('?q=coffee')));
    await page.context().close();
  });

  it('takes up a newer release between two searches, without a reload', async () => {
    const other = await buildSite();
    const file = `${other.directory}/data/current.json`;
    const current = JSON.parse(readFileSync(file, 'utf8')) as SiteRelease;
    // Looks for a newer one after every answer.
    writeFileSync(file, JSON.stringify({ ...current, checkSeconds: 0 }));
    const server = await startStaticServer(other.directory);
    const { page, complaints } = await shared.open();
    await page.goto(`${server.url}/?q=tacos`);
    await page.locator('.row[data-vendor]').first().waitFor();
    const fewer = await buildSite(['--source', `permits=${firstPermits(other.directory)}`]);
    cpSync(`${fewer.directory}/data`, `${other.directory}/data`, { recursive: true });
    const next = JSON.parse(readFileSync(file, 'utf8')) as SiteRelease;
    expect(next.version).not.toBe(current.version);
    await expect
      .poll(() =>
        page.evaluate(
          `window.localApi('meta').then((response) => response.json()).then(({ meta }) => meta.data_version)`,
        ),
      )
      .toBe(next.version);
    expect(complaints).toEqual([]);
    await page.context().close();
    await server.stop();
    for (const one of [other, fewer]) one.remove();
  });

  it('loads nothing twice, and the worker after the page’s own script', async () => {
    const { page } = await shared.open();
    const before = files?.requested.length ?? 0;
    await page.goto(`${shared.url}/`);
    await page.locator('[data-spot]').first().waitFor();
    // Chromium fetches the icon for its tab and for the page.
    const requested = (files?.requested.slice(before) ?? []).filter((path) => path !== 'favicon.svg');
    expect(requested.filter((path, at) => requested.indexOf(path) < at)).toEqual([]);
    const order = ['assets/main-', 'assets/local-api-', 'data/current.json', '/index-'].map((part) =>
      requested.findIndex((path) => path.includes(part)),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order).not.toContain(-1);
    await page.context().close();
  });

  it('has plain pages and an error page whose links work', async () => {
    const { page, done } = await shared.visit('/data/list.html');
    await page.getByRole('link', { name: 'Search them on the map' }).click();
    await page.locator('.row[data-vendor]').first().waitFor();
    await done();
    const missing = await shared.open({ ...DESKTOP, colorScheme: 'dark' });
    expect((await missing.page.goto(`${shared.url}/no/such/page`))?.status()).toBe(404);
    await missing.page.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(await missing.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(27, 20, 16)');
    await missing.page.getByRole('link', { name: 'Go to the map' }).click();
    await missing.page.locator('.row[data-vendor]').first().waitFor();
    await missing.page.context().close();
  });
});
