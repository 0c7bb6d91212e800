import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openapiDocument } from '../../../../functions/http/openapi/document.ts';
import { inlineMarkdown } from '../../../../functions/http/reference/inline-markdown.ts';
import { PROBLEMS } from '../../../../functions/http/responses/problem.ts';
import { violations } from '../../../web/accessibility/violations.ts';
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

  it('has every path, parameter and schema of /openapi.json, and no link to a missing part', async () => {
    const html = await (await appOf().request('/docs')).text();
    const { paths, components } = openapiDocument();
    for (const [path, { get, parameters = [] }] of Object.entries(paths)) {
      const start = html.indexOf(`id="${get.operationId}"`);
      expect(start, path).toBeGreaterThan(0);
      const section = html.slice(start, html.indexOf('</section>', start));
      expect(section).toContain(`</span> ${path}</code>`);
      for (const { name } of parameters as { name: string }[]) expect(section).toContain(`<code>${name}</code>`);
      for (const status of Object.keys(get.responses)) expect(section).toContain(`<dt><code>${status}</code>`);
      expect(section).toContain('<code>curl "');
    }
    for (const name of Object.keys(components.schemas)) expect(html).toContain(`id="schema-${name}"`);
    const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
    const anchors = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(anchors.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe([...html.matchAll(/ id="/g)].length);
  });

  it('has links to requests that succeed with any data', async () => {
    const app = appOf();
    const html = await (await app.request('/docs')).text();
    const tried = [...html.matchAll(/class="request"><a href="([^"]+)"/g)].map(([, url]) =>
      (url ?? '').replaceAll('&amp;', '&'),
    );
    expect(tried.length).toBeGreaterThan(7);
    for (const url of tried.filter((one) => !one.startsWith('/data'))) {
      expect([url, (await app.request(url)).status]).toEqual([url, 200]);
    }
  });

  it('is under 40 kB compressed', async () => {
    const html = await (await appOf().request('/docs')).text();
    expect(gzipSync(html).length).toBeLessThan(40_000);
  });

  it('escapes what a description has, and makes no link to a script', () => {
    expect(String(inlineMarkdown('<b> `a<b` *both* [x](javascript:alert(1)) [y](/docs#gone) & "q"'))).toBe(
      '&lt;b&gt; <code>a&lt;b</code> <em>both</em> [x](javascript:alert(1)) <a href="#gone">y</a> &amp; &quot;q&quot;',
    );
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
    ['390, light', { ...PHONE, colorScheme: 'light' }],
    ['390, dark', { ...PHONE, colorScheme: 'dark' }],
    ['1280, light', { ...DESKTOP, colorScheme: 'light' }],
    ['1280, dark', { ...DESKTOP, colorScheme: 'dark' }],
  ] as const)('fits the window and has no violations, at %s', async (name, options) => {
    const { page, done } = await visit(browser, `${server.url}/docs`, options);
    await page.screenshot({ path: `test/output/docs-${name.replace(', ', '-')}.png` });
    await page.locator('#search').scrollIntoViewIfNeeded();
    await page.locator('#search summary').first().click();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
    // The command has this server's address.
    expect(await page.locator('#search pre').first().textContent()).toBe(`curl "${server.url}/search?q=tacos"`);
    await page.locator('#search').screenshot({ path: `test/output/docs-search-${name.replace(', ', '-')}.png` });
    await page.locator('#search .request a').first().click();
    await page.waitForURL(`${server.url}/search?q=tacos`);
    expect(await page.locator('body').textContent()).toContain('"status":"success"');
    await done();
  });

  it('works without JavaScript, and scrolls to the kind of problem in a link', async () => {
    const { page, done } = await visit(browser, `${server.url}/docs#gone`, { ...DESKTOP, javaScriptEnabled: false });
    expect(await page.locator('.operation').count()).toBeGreaterThan(10);
    expect(await page.locator('#search pre').first().textContent()).toBe('curl "$API/search?q=tacos"');
    const { y = -1 } = (await page.locator('#gone').boundingBox()) ?? {};
    expect(y).toBeGreaterThanOrEqual(0);
    expect(y).toBeLessThan(DESKTOP.viewport.height - 50);
    await done();
  });
});
