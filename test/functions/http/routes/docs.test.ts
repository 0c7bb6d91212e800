import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROBLEMS } from '../../../../functions/http/responses/problem.ts';
import { DESKTOP, launchBrowser, noBrowser, PHONE, visit } from '../../../web/browser.ts';
import { type RunningServer, startServer } from '../../../web/page-server.ts';
import { appOf } from '../app-of.ts';

describe('/docs', () => {
  it('has the anchor that a problem’s type links to, for every kind', async () => {
    const html = await (await appOf().request('/docs')).text();
    for (const code of Object.keys(PROBLEMS)) expect(html).toContain(`<dt id="${code}">`);
    const { problem } = (await (await appOf().request('/search')).json()) as { problem: { type: string } };
    expect(problem.type).toBe('/docs#query-missing');
  });

  it('loads nothing from other origins', async () => {
    const html = await (await appOf().request('/docs/')).text();
    const links = [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, link]) => link ?? '');
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) expect(link).toMatch(/^[/#](?!\/)/);
  });
});

describe.skipIf(noBrowser)('/docs in a browser', () => {
  let browser: Browser;
  let server: RunningServer;
  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), startServer()]);
  });
  afterAll(() => Promise.all([browser.close(), server.stop()]));

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ] as const)(
    'shows every path and tries one, %s px wide, within the content security policy',
    async (width, options) => {
      const { page, done } = await visit(browser, `${server.url}/docs`, options);
      await page.locator('.opblock').first().waitFor();
      const shown = await page.locator('.opblock-summary-path').allInnerTexts();
      const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as { paths: object };
      expect(shown.map((path) => path.replace(/\u200b/g, ''))).toEqual(Object.keys(paths));
      await page.screenshot({ path: `test/output/docs-${width}.png` });
      await page.locator('#operations-Finding-search .opblock-summary-control').click();
      await page
        .getByRole('textbox', { name: 'q', exact: true })
        .or(page.getByPlaceholder('q', { exact: true }))
        .first()
        .fill('tacos');
      await page.locator('.btn.execute').click();
      await page.locator('.responses-table.live-responses-table .response').first().waitFor();
      expect(await page.locator('.request-url pre').textContent()).toBe(`${server.url}/search?q=tacos`);
      await page.locator('.request-url').scrollIntoViewIfNeeded();
      await page.screenshot({ path: `test/output/docs-tried-${width}.png` });
      expect(await page.locator('.live-responses-table').textContent()).toContain('"status": "success"');
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await done();
    },
  );

  it('scrolls to the kind of problem in a link', async () => {
    const { page, done } = await visit(browser, `${server.url}/docs#gone`);
    await page.locator('.opblock').first().waitFor();
    const { height } = DESKTOP.viewport;
    await expect.poll(async () => (await page.locator('#gone').boundingBox())?.y).toBeLessThan(height - 50);
    expect((await page.locator('#gone').boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await done();
  });

  it('opens the operation in a link', async () => {
    const { page, done } = await visit(browser, `${server.url}/docs#/Data/meta`);
    await page.locator('#operations-Data-meta.is-open').waitFor();
    await done();
  });
});
