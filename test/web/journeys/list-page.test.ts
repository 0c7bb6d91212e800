import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { violations } from '../accessibility/violations.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { HOSTILE_VENDORS, hostileCsv } from '../hostile-data.ts';
import { startWithTables } from '../invented-tables.ts';
import { startServer } from '../page-server.ts';

const PATH = '/data/list.html';

describe.skipIf(noBrowser)('the plain list of all vendors', () => {
  const shared = fixture();

  it.each([
    ['390', 'light', PHONE],
    ['390', 'dark', PHONE],
    ['1280', 'light', DESKTOP],
    ['1280', 'dark', DESKTOP],
  ] as const)('has no axe violations and no horizontal overflow: %s, %s', async (width, colorScheme, screen) => {
    const { page, done } = await shared.visit(PATH, { ...screen, colorScheme });
    await page.getByText('Sample data').waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
    await page.screenshot({ path: `test/output/list-${colorScheme}-${width}.png` });
    await done();
  });

  it('its letters lead to vendors, and links lead to the map and back', async () => {
    const { page, done } = await shared.visit(PATH);
    const letter = page.getByRole('navigation', { name: 'First letters' }).getByRole('link').last();
    await letter.click();
    await expect
      .poll(async () => ((await page.locator('article:target').boundingBox())?.y ?? 9e9) < DESKTOP.viewport.height)
      .toBe(true);
    expect((await page.locator('article:target h3').textContent())?.slice(0, 1)).toBe(await letter.textContent());
    await page.getByRole('link', { name: 'Search them on the map' }).click();
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.getByRole('link', { name: 'All vendors on one plain page' }).click();
    await page.waitForURL(`**${PATH}`);
    await done();
  });

  it('prints in two columns, without the letters, in black on white', async () => {
    const { page, done } = await shared.visit(PATH, { ...DESKTOP, colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    const [paper, columns] = await page.evaluate<[string, string]>(
      "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('main section')).columnCount]",
    );
    expect([paper, columns]).toEqual(['rgb(255, 255, 255)', '2']);
    await done();
  });

  it('has darker text when more contrast is preferred', async () => {
    const { page, done } = await shared.visit(PATH, { ...DESKTOP, contrast: 'more' });
    const [quiet, ink] = await page.evaluate<[string, string]>(
      "['li', 'h1'].map((one) => getComputedStyle(document.querySelector(one)).color)",
    );
    expect(quiet).toBe(ink);
    await done();
  });
});

describe.skipIf(noBrowser)('the plain list on hostile data', () => {
  const shared = fixture(() => startWithTables({ permits: hostileCsv() }));

  it('shows every text as text, runs none of it, and fits a phone’s screen', async () => {
    const { page, done } = await shared.visit(PATH, PHONE);
    const names = await page.getByRole('heading', { level: 3 }).allTextContents();
    expect(names.length).toBe(HOSTILE_VENDORS.length);
    expect(names).toContain(HOSTILE_VENDORS[0]?.name);
    expect(await page.locator('img, script, b, i').count()).toBe(0);
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    const links = await page.getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
    expect(links.filter((href) => !/^https?:$/.test(new URL(href, page.url()).protocol))).toEqual([]);
    expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBe(0);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: 'test/output/list-hostile-390.png', fullPage: true });
    await done();
  });
});

describe.skipIf(noBrowser || noSharedData)('the plain list of a city', () => {
  const sources = [
    ['permits', 'permits/permits-2017-06-19-764.csv'],
    ['schedule', 'schedule/schedule-2017-06-4923.csv'],
  ].flatMap(([name, path]) => ['--source', `${name}=${sharedData(path ?? '')}`]);
  const shared = fixture(() => startServer(sources));

  it('has all of its more than 700 locations in less than half a megabyte', async () => {
    const text = await (await fetch(`${shared.url}${PATH}`)).text();
    const { counts } = await shared.get<{ counts: { branches: number } }>('/meta');
    expect(counts.branches).toBeGreaterThan(700);
    expect(text.match(/<li>/g)?.length).toBe(counts.branches);
    expect(new TextEncoder().encode(text).length).toBeLessThan(500_000);
    expect(gzipSync(text).length).toBeLessThan(100_000);
    const { page, done } = await shared.visit(PATH, PHONE);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ path: 'test/output/list-city-390.png' });
    await done();
  });
});
