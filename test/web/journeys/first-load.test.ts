import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startFaultyProxy } from '../../fixtures/faulty-proxy.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { withoutOwnSearch } from '../page-parts.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('a first load that fails or stalls', () => {
  const shared = fixture();
  const late = (page: Page) => page.getByText('This page is not complete yet.');
  const firstRow = (page: Page) => page.locator('.row[data-vendor]').first();

  it.each([
    ['the script', '**/assets/main-*', PHONE],
    ['the language', '**/assets/en-*', DESKTOP],
  ])('without %s, the page says so and offers the list and another attempt', async (_part, files, screen) => {
    const { page } = await shared.open(screen);
    await page.route(files, (route) => route.abort());
    await page.goto(`${shared.url}/?q=tacos`);
    await late(page).waitFor();
    expect(await page.getByRole('link', { name: 'the plain list' }).getAttribute('href')).toBe('data/list.html');
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
    const other = policy.replace(/(script-src 'self') 'sha256-[^']+'/, '$1');
    expect(other).not.toBe(policy);
    await page.route(`${shared.url}/?q=tacos`, (route) =>
      route.fulfill({ body: html, contentType: 'text/html', headers: { 'Content-Security-Policy': other } }),
    );
    await page.goto(`${shared.url}/?q=tacos`);
    await firstRow(page).waitFor();
    expect(await page.evaluate('window.earlyRequests')).toBeUndefined();
    await page.context().close();
  });

  it('with the policy of another version, which blocks its style sheet, the page loads it as a file', async () => {
    const { page } = await shared.open();
    const response = await fetch(`${shared.url}/?q=tacos`);
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    const other = policy.replace(/(style-src 'self') 'sha256-[^']+'/, '$1');
    expect(other).not.toBe(policy);
    const [body, headers] = [await response.text(), { 'Content-Security-Policy': other }];
    await page.route(`${shared.url}/?q=tacos`, (route) => route.fulfill({ body, contentType: 'text/html', headers }));
    const styled = page.waitForResponse(/\/assets\/style-\w+\.css$/);
    await page.goto(`${shared.url}/?q=tacos`);
    expect((await styled).ok()).toBe(true);
    await expect.poll(() => page.evaluate("getComputedStyle(document.getElementById('skip')).position")).toBe('fixed');
    await page.context().close();
  });

  it('its policy allows the script that runs first, so the search is requested before the page’s own script runs', async () => {
    const { page, complaints } = await shared.open();
    const requested = (part: string) => page.waitForRequest((request) => request.url().includes(part));
    const early = Promise.all([requested('/search?'), requested('/assets/es-')]);
    // The page's own script arrives only after both requests, so it cannot have sent them.
    await page.route('**/assets/main-*', (route) =>
      early.then(
        () => route.continue(),
        () => route.abort(),
      ),
    );
    await page.goto(`${shared.url}/?q=tacos&lang=es`);
    await early;
    await firstRow(page).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
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
    await withoutOwnSearch(page);
    await page.route('**/search?*', () => undefined);
    await page.goto(`${shared.url}/?q=tacos`);
    // The limit is 15 seconds.
    await page.getByRole('heading', { name: text.failures.unreachable.heading }).waitFor({ timeout: 20_000 });
    await page.unroute('**/search?*');
    await page.getByRole('button', { name: text.retry }).click();
    await firstRow(page).waitFor();
    await page.context().close();
  });

  it('one visit is enough for the page and its answer to be there offline, two for every language', async () => {
    const temporary = await startServer();
    const { page } = await shared.open({ ...DESKTOP, serviceWorkers: 'allow' });
    await page.goto(`${temporary.url}/?q=tacos`);
    await firstRow(page).waitFor();
    const summary = await page.locator('.summary').textContent();
    const saved = (cache: string) =>
      page.evaluate<string[]>(
        `caches.keys().then((names) => caches.open(names.find((name) => name.startsWith('/${cache}')))).then((all) => all.keys()).then((all) => all.map(({ url }) => url.slice(location.origin.length)).sort())`,
      );
    await expect.poll(() => saved('answers')).toEqual(['/meta', '/search?q=tacos']);
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('.notice.is-saved').waitFor();
    expect(await page.locator('.summary').textContent()).toBe(summary);
    await page.locator('path.outline').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect((await saved('shell-')).filter((path) => /\/(es|ru|zh)-/.test(path))).toEqual([]);

    await page.context().setOffline(false);
    await page.reload();
    await expect.poll(async () => (await saved('shell-')).filter((path) => /\/(es|ru|zh)-/.test(path)).length).toBe(4);
    await expect.poll(async () => (await saved('shell-')).includes('/manifest.webmanifest')).toBe(true);
    await temporary.stop();
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

  it('an answer that arrives after the service worker has taken over is saved too', async () => {
    const proxy = await startFaultyProxy(shared.url);
    try {
      let release = () => undefined as unknown;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const { page } = await shared.open({ ...DESKTOP, serviceWorkers: 'allow' });
      proxy.decide((path) => (path.startsWith('/search') ? { until: held } : 'pass'));
      await page.goto(`${proxy.url}/?q=tacos`);
      const saved = () =>
        page.evaluate<string[]>(
          "caches.open('/answers').then((all) => all.keys()).then((all) => all.map(({ url }) => new URL(url).pathname).sort())",
        );
      await expect.poll(saved).toEqual(['/meta']);
      release();
      await firstRow(page).waitFor();
      await expect.poll(saved).toEqual(['/meta', '/search']);
      expect(proxy.paths.filter((path) => path.startsWith('/search'))).toEqual(['/search?q=tacos']);
      await page.context().close();
    } finally {
      await proxy.close();
    }
  });

  it.each(['/?q=tacos', '/', '/?q=tacos&lang=es'])(
    'a first visit of %s makes five requests besides the API’s',
    async (path) => {
      const proxy = await startFaultyProxy(shared.url);
      try {
        const { page } = await shared.open({ ...DESKTOP, serviceWorkers: 'allow', locale: 'ru-RU' });
        await page.goto(`${proxy.url}${path}`);
        await firstRow(page).waitFor();
        await page.locator('[data-spot], [data-cluster]').first().waitFor();
        await page.evaluate('navigator.serviceWorker.ready');
        // Until nothing more is asked for.
        await expect
          .poll(
            async () =>
              (
                await page.evaluate<string[]>(
                  "caches.open('/answers').then((all) => all.keys()).then((all) => all.map(String))",
                )
              ).length,
          )
          .toBe(2);
        await page.waitForTimeout(1_500);
        const isOfApi = (one: string) => /^\/(?:search|meta)(?:\?|$)/.test(one);
        const language = path.includes('lang=es') ? 'es' : 'ru';
        expect(
          proxy.paths
            .filter((one) => !isOfApi(one))
            .map((one) => one.replace(/-\w{8}\./, '.'))
            .sort(),
        ).toEqual([path, `/assets/${language}.js`, '/assets/main.js', '/assets/map.js', '/worker.js'].sort());
        expect(proxy.paths.filter(isOfApi).sort()).toEqual([...new Set(proxy.paths.filter(isOfApi))].sort());
        await page.context().close();
      } finally {
        await proxy.close();
      }
    },
  );
});
