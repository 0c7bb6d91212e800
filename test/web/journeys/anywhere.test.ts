import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { openControl } from '../controls.ts';
import { english } from '../english.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the page offline, installed, embedded and enlarged', () => {
  const shared = fixture();
  const { visit } = shared;
  const found = async (query: string): Promise<string> => {
    const { hits, locations } = await shared.api(query);
    return text.found(hits, locations);
  };

  it('offline: the page and recent answers are available and marked as saved; errors are not saved', async () => {
    const temporary = await startServer();
    const { page } = await shared.open({ ...DESKTOP, serviceWorkers: 'allow' });
    await page.goto(`${temporary.url}/?q=tacos`);
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    // The service worker now controls the page, so this search is saved.
    await page.reload();
    const tacos = await found('?q=tacos');
    await expect.poll(() => page.locator('.summary').textContent()).toBe(tacos);
    await page.evaluate("fetch('/search?q=tacos&lat=abc')");
    await temporary.stop();
    await page.goto(`${temporary.url}/?q=tacos`);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(tacos);
    await page.locator('.notice.is-saved').waitFor();
    await page.locator('path.outline').first().waitFor();
    const saved = (await page.evaluate(
      "caches.open('/answers').then((all) => all.keys()).then((all) => all.map(({ url }) => new URL(url).search))",
    )) as string[];
    expect(saved).toContain('?q=tacos');
    expect(saved.filter((query) => query.includes('abc'))).toEqual([]);
    await page.locator('#q').fill('coffee');
    await page.getByRole('heading', { name: text.failures.unreachable.heading }).waitFor();
    const restarted = await startServer([], temporary.port);
    await page.getByRole('button', { name: text.retry }).click();
    await expect.poll(() => page.locator('.summary').textContent()).toBe(await found('?q=coffee'));
    expect(await page.locator('.notice.is-saved').count()).toBe(0);
    await page.context().close();
    await restarted.stop();
  });

  it('is installable from the second visit on: the manifest’s icons exist in the declared sizes', async () => {
    const { page, done } = await visit('/', { ...DESKTOP, serviceWorkers: 'allow' });
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    expect(await page.locator('link[rel=manifest]').count()).toBe(0);
    await page.reload();
    const manifest = await page.locator('link[rel=manifest]').getAttribute('href');
    const address = new URL(manifest ?? '', page.url());
    const { icons, start_url } = (await (await fetch(address)).json()) as {
      icons: { src: string; sizes: string; type: string }[];
      start_url: string;
    };
    expect(new URL(start_url, address).href).toBe(`${shared.url}/`);
    for (const { src, sizes, type } of icons) {
      const response = await fetch(new URL(src, address));
      expect([src, response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([src, 200, type]);
      if (type !== 'image/png') continue;
      const png = new DataView(await response.arrayBuffer());
      expect(`${png.getUint32(16)}x${png.getUint32(20)}`).toBe(sizes);
    }
    await done();
  });

  it('its policy allows frames of other sites with ?embed=1 only', async () => {
    const policy = async (path: string) =>
      (await fetch(`${shared.url}${path}`)).headers.get('content-security-policy') ?? '';
    expect(await policy('/?q=tacos')).toContain("frame-ancestors 'none'");
    expect(await policy('/?q=tacos&embed=1')).toContain('frame-ancestors *');
    expect(await policy('/?q=tacos&embed=1')).toMatch(/script-src 'self' 'sha256-[\w+/]{43}=';/);
  });

  it('embedded, it links to the full page', async () => {
    const { page, done } = await visit('/?q=tacos&embed=1');
    await page.locator('.row[data-vendor]').first().waitFor();
    const out = page.getByRole('link', { name: text.openFullPage });
    expect([await out.getAttribute('href'), await out.getAttribute('target')]).toEqual(['./?q=tacos', '_top']);
    await done();
  });

  it('without JavaScript, it links to a plain list', async () => {
    const { page, done } = await visit('/', { ...DESKTOP, javaScriptEnabled: false });
    await page.getByRole('link', { name: 'the plain list' }).click();
    await page.getByRole('heading', { level: 1, name: /the whole list$/ }).waitFor();
    await expect.poll(() => page.url()).toBe(`${shared.url}/data/list.html`);
    const all = await shared.api('?status=any');
    expect(new Set(await page.getByRole('heading', { level: 3 }).allTextContents())).toEqual(
      new Set(all.trucks.map(({ name }) => name)),
    );
    expect(await page.locator('article li').count()).toBe(all.locations);
    await done();
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('does not shift while it loads, at %s', async (_width, screen) => {
    const { page, complaints } = await shared.open(screen);
    await page.addInitScript(
      'window.shifts = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts += one.value; }).observe({ type: "layout-shift", buffered: true });',
    );
    // The page is shown before its script has arrived.
    await page.route('**/assets/main-*', async (route) => {
      await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
      await route.continue();
    });
    await page.goto(`${shared.url}/?q=tacos`, { waitUntil: 'commit' });
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.locator('path.outline').first().waitFor();
    // Web Vitals call 0.1 good; the list and the map have their places from the start.
    expect(await page.evaluate('window.shifts')).toBeLessThan(0.05);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('with text at 200 %, everything can still be read and pressed, at %s', async (width, screen) => {
    const { page, done } = await visit('/?q=tacos&open_at=thu12:00', screen);
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    for (const part of ['html', '#pane', '#top', '#chips'])
      expect([part, await page.locator(part).evaluate((node) => node.scrollWidth - node.clientWidth)]).toEqual([
        part,
        0,
      ]);
    for (const control of await page.locator('#top button, #chips button, .branch').all())
      await control.click({ trial: true });
    await page.screenshot({ path: `test/output/page-large-${width}.png` });
    await openControl(page, 'when');
    for (const control of await page.locator('.segment input, .day input, .sheet button').all())
      await control.click({ trial: true });
    await page.screenshot({ path: `test/output/page-large-when-${width}.png` });
    await done();
  });
});
