import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchAnswer } from '../../functions/http/answer.ts';
import { DESKTOP, launchBrowser, noBrowser, openPage, PHONE } from './browser.ts';
import { type RunningServer, startServer } from './server.ts';

const attack = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

/** Vendors that nobody would want to meet, in the city's own columns. All of them sell noodles. */
const VENDORS = [
  { name: attack, food: `noodles: ${attack}: \${alert(1)} {{7*7}}`, address: `1 ${attack} ST` },
  { name: 'W'.repeat(500), food: `noodles: ${'unbreakable'.repeat(40)}`, address: `${'LONG '.repeat(60)}ST` },
  { name: 'شاورما الملك \u202eevil', food: 'noodles: فلافل: حمص', address: '٣ شارع' },
  {
    name: '🌮🔥 Taco \u200d👨‍👩‍👧‍👦 &amp; "Quotes" \'n\' <b>bold</b>',
    food: 'noodles: 🍜: <i>x</i>',
    address: '4 "A" & B ST',
  },
];

/** The sample's first row with other values, so that the columns are the city's own. */
function hostileCsv(): string {
  const [header = ''] = readFileSync('seed/sample/permits.csv', 'utf8').split('\n');
  const columns = header.trim().split(',');
  const rows = VENDORS.map(({ name, food, address }, index) => {
    const values: Record<string, string> = {
      locationid: String(9_900_000 + index),
      Applicant: name,
      FacilityType: 'Truck',
      Address: address,
      permit: '24MFF-09999',
      Status: 'APPROVED',
      FoodItems: food,
      Latitude: '37.7893',
      Longitude: '-122.4009',
      Schedule: `javascript:window.hacked=${index + 1}`,
      Approved: '02/14/2024 12:00:00 AM',
      Received: '20240110',
      ExpirationDate: '11/15/2099 12:00:00 AM',
    };
    return columns.map((column) => `"${(values[column] ?? '').replaceAll('"', '""')}"`).join(',');
  });
  return [header.trim(), ...rows, ''].join('\n');
}

describe.skipIf(noBrowser)('the page on hostile data', () => {
  let server: RunningServer;
  let browser: Browser;
  const folder = mkdtempSync(join(tmpdir(), 'curbside-hostile-'));
  beforeAll(async () => {
    const path = join(folder, 'permits.csv');
    writeFileSync(path, hostileCsv());
    [server, browser] = await Promise.all([startServer(['--source', `permits=${path}`]), launchBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('shows every text as text, runs none of it, and stays in a screen %s wide', async (width, screen) => {
    const { page, complaints } = await openPage(browser, screen);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(`${server.url}/?q=noodles`);
    await expect.poll(() => page.locator('.row[data-vendor]').count()).toBe(VENDORS.length);
    expect(await page.locator('.row h3').allTextContents()).toContain(attack);
    for (const unfold of await page.locator('.items button').all()) await unfold.click();
    for (let index = 0; index < VENDORS.length; index++) {
      await page.locator('.branch').nth(index).click();
      const popup = page.getByRole('dialog');
      await popup.waitFor();
      const links = await popup
        .getByRole('link')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      expect(links.filter((href) => !/^(https?|geo):/.test(href))).toEqual([]);
      await page.screenshot({ path: `test/output/hostile-${index}-${width}.png` });
      await page.keyboard.press('Escape');
      await popup.waitFor({ state: 'detached' });
    }
    expect(
      await page.locator('.row img, .row script, .row b, .row i, #map .card img, .leaflet-marker-pane img').count(),
    ).toBe(0);
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBeLessThanOrEqual(0);
    expect(await page.locator('#pane').evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBeLessThanOrEqual(0);
    expect(dialogs).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('links to nothing but the web, whatever an answer says', async () => {
    const answer = (await (await fetch(`${server.url}/search?q=noodles`)).json()) as SearchAnswer;
    for (const branch of answer.trucks.flatMap(({ branches }) => branches))
      branch.schedule = 'javascript:window.hacked=1';
    const { page, complaints } = await openPage(browser);
    await page.route('**/search?*', (route) => route.fulfill({ json: answer }));
    await page.goto(`${server.url}/?q=noodles`);
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    const links = await page.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((href) => !/^(https?:|\/|#)/.test(href))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows a hostile search and a hostile link as text', async () => {
    const { page, complaints } = await openPage(browser);
    await page.goto(`${server.url}/?q=${encodeURIComponent('"><svg onload=window.hacked=1>')}`);
    await page.locator('.is-relaxed, .state').getByText('"><svg onload=window.hacked=1>').first().waitFor();
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(complaints).toEqual([]);
    await page.goto(
      `${server.url}/?q=noodles&place=${encodeURIComponent('"]</script><script>window.hacked=1</script>')}`,
    );
    await expect.poll(() => page.locator('.row[data-vendor]').count()).toBe(VENDORS.length);
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
