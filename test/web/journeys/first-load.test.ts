import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('a first load that fails or stalls', () => {
  const shared = fixture();
  const late = (page: Page) => page.getByText('This page is not complete yet.');
  const firstRow = (page: Page) => page.locator('.row[data-vendor]').first();

  it.each([
    ['the script', '**/assets/main-*', PHONE],
    ['a part of it', '**/assets/chunk-*', DESKTOP],
    ['the language', '**/assets/en-*', DESKTOP],
  ])('without %s, the page says so and offers the list and another attempt', async (_part, files, screen) => {
    const { page } = await shared.open(screen);
    await page.route(files, (route) => route.abort());
    await page.goto(`${shared.url}/?q=tacos`);
    await late(page).waitFor();
    expect(await page.getByRole('link', { name: 'the plain list of all vendors' }).getAttribute('href')).toBe(
      'data/list.html',
    );
    await page.unroute(files);
    await page.getByRole('link', { name: 'Try again' }).click();
    await firstRow(page).waitFor();
    expect(new URL(page.url()).search).toBe('?q=tacos');
    expect(await late(page).count()).toBe(0);
    await page.context().close();
  });

  it('without another language, the page is in English, and says so to the browser', async () => {
    const { page } = await shared.open({ ...DESKTOP, locale: 'es-MX' });
    await page.route('**/assets/es-*', (route) => route.abort());
    await page.goto(`${shared.url}/?q=tacos`);
    await firstRow(page).waitFor();
    await page.getByRole('button', { name: text.nearMe }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('.languages [aria-current]').textContent()).toBe('English');
    await page.context().close();
  });

  it('without the script that runs first, the page only takes longer', async () => {
    const { page } = await shared.open();
    const { html, policy } = await fetch(`${shared.url}/?q=tacos`).then(async (response) => ({
      html: await response.text(),
      policy: response.headers.get('Content-Security-Policy') ?? '',
    }));
    // As if the header and the page were of two deployments.
    const other = policy.replace(/ 'sha256-[^']+'/, '');
    expect(other).not.toBe(policy);
    await page.route(`${shared.url}/?q=tacos`, (route) =>
      route.fulfill({ body: html, contentType: 'text/html', headers: { 'Content-Security-Policy': other } }),
    );
    await page.goto(`${shared.url}/?q=tacos`);
    await firstRow(page).waitFor();
    expect(await page.evaluate('window.earlyRequests')).toBeUndefined();
    await page.context().close();
  });

  it('its policy allows the script that runs first, so the search is requested before the page’s own script runs', async () => {
    const { page, done } = await shared.visit('/?q=tacos&lang=es');
    await firstRow(page).waitFor();
    const [search, main, language] = await page.evaluate<
      number[]
    >(`['/search?', '/assets/main-', '/assets/es-'].map((part) =>
      performance.getEntriesByType('resource').find(({ name }) => name.includes(part)).startTime)`);
    const mainEnd = await page.evaluate<number>(
      "performance.getEntriesByType('resource').find(({ name }) => name.includes('/assets/main-')).responseEnd",
    );
    expect(search).toBeLessThan(mainEnd);
    expect(language).toBeLessThan(mainEnd);
    expect(main).toBeGreaterThan(0);
    await done();
  });

  it('without the map’s code, the page says so; the list and the detail work, and another attempt has the map', async () => {
    const { page } = await shared.open(PHONE);
    await page.route('**/assets/map-*', (route) => route.abort());
    await page.goto(`${shared.url}/?q=tacos`);
    await page.getByText(text.mapFailed).waitFor();
    await firstRow(page).locator('.branch').first().click();
    await page.locator('#detail-name').waitFor();
    await page.locator('#detail .close').click();
    await page.unroute('**/assets/map-*');
    await page.getByRole('alert').getByRole('button', { name: text.retry }).click();
    await page.locator('[data-spot], [data-cluster]').first().waitFor();
    expect(await page.getByText(text.mapFailed).count()).toBe(0);
    expect(new URL(page.url()).search).toBe('?q=tacos');
    await page.context().close();
  });

  it('nothing is said while it loads as usual', async () => {
    const { page, done } = await shared.visit('/?q=tacos');
    await firstRow(page).waitFor();
    expect(await late(page).count()).toBe(0);
    await done();
  });

  it('an answer that never comes ends in a message with another attempt, as later searches do', async () => {
    const { page } = await shared.open();
    await page.route('**/search?*', () => undefined);
    await page.goto(`${shared.url}/?q=tacos`);
    // The limit is 15 seconds.
    await page.getByRole('heading', { name: text.failures.unreachable.heading }).waitFor({ timeout: 20_000 });
    await page.unroute('**/search?*');
    await page.getByRole('button', { name: text.retry }).click();
    await firstRow(page).waitFor();
    await page.context().close();
  });

  it('one visit is enough for the page, its answer and every language to be there offline', async () => {
    const temporary = await startServer();
    const { page } = await shared.open({ ...DESKTOP, serviceWorkers: 'allow' });
    await page.goto(`${temporary.url}/?q=tacos`);
    await firstRow(page).waitFor();
    const summary = await page.locator('.summary').textContent();
    await expect
      .poll(() =>
        page.evaluate(
          "caches.open('/answers').then((all) => all.keys()).then((all) => all.map(({ url }) => url.slice(location.origin.length)).sort())",
        ),
      )
      .toEqual(['/meta', '/search?q=tacos']);
    await temporary.stop();
    await page.goto(`${temporary.url}/?q=tacos`);
    await page.locator('.notice.is-saved').waitFor();
    expect(await page.locator('.summary').textContent()).toBe(summary);
    await page.locator('path.outline').first().waitFor();
    for (const [lang, tag] of [
      ['es', 'es'],
      ['zh', 'zh-Hans'],
      ['ru', 'ru'],
    ]) {
      await page.goto(`${temporary.url}/?q=tacos&lang=${lang}`);
      await firstRow(page).waitFor();
      expect(await page.locator('html').getAttribute('lang')).toBe(tag);
    }
    await page.context().close();
  });
});
