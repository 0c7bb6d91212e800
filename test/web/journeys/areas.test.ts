import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { writeCommaList } from '../../../functions/model/comma-list.ts';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';
import { recordSearches } from '../page-parts.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
/** Invented neighbourhoods, as boxes; the sample's city lies within -122.52..-122.36 and 37.70..37.81. */
const NEIGHBOURHOODS = [
  { nhood: 'Harbour & "Rope" Walk', box: [-122.41, 37.7, -122.3, 37.9] },
  { nhood: '<b>Hill</b>', box: [-122.45, 37.75, -122.41, 37.9] },
  { nhood: 'Dunes, "Far" West', box: [-122.6, 37.7, -122.45, 37.9] },
] as const;

function neighbourhoodsGeoJson(): string {
  const features = NEIGHBOURHOODS.map(({ nhood, box: [west, south, east, north] }) => ({
    type: 'Feature',
    properties: { nhood },
    geometry: {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
      ],
    },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features });
}

describe.skipIf(noBrowser)('neighbourhoods', () => {
  const folder = mkdtempSync(join(tmpdir(), 'curbside-areas-'));
  const shared = fixture(() => {
    const path = join(folder, 'areas.geojson');
    writeFileSync(path, neighbourhoodsGeoJson());
    const sample = ['permits', 'schedule'].flatMap((name) => ['--source', `${name}=seed/sample/${name}.csv`]);
    return startServer([...sample, '--source', `areas=${path}`]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const shown = (page: Page) =>
    page.locator('.row[data-vendor]').evaluateAll((all) => all.map((one) => one.getAttribute('data-vendor')));

  it.each(NEIGHBOURHOODS.map(({ nhood }) => nhood))(
    '%s is a chip with its count, filters without a request, and can be removed',
    async (area) => {
      const { page, done } = await shared.visit('/?status=approved', PHONE);
      await page.locator('.row[data-vendor]').first().waitFor();
      const counts = (await shared.api('?status=approved&facets=area')).facets.area ?? [];
      const count = counts.find(({ value }) => value === area)?.count ?? 0;
      expect(count).toBeGreaterThan(0);
      const searches = await recordSearches(page);
      await openControl(page, 'area');
      const chip = page.locator('.value').filter({ has: page.getByText(area, { exact: true }) });
      expect(await chip.locator('.count').textContent()).toBe(String(count));
      await chip.click();
      await closeControl(page);
      const theirs = await shared.api(
        `?status=approved&strict=true&area=${encodeURIComponent(writeCommaList([area]))}`,
      );
      expect(await shown(page)).toEqual(theirs.trucks.map(({ id }) => id).slice(0, 50));
      expect(await page.locator('.row[data-vendor]').count()).toBe(Math.min(count, 50));
      expect(await searches()).toEqual([]);
      await page.getByRole('button', { name: text.remove(area) }).click();
      await expect.poll(() => new URL(page.url()).search).toBe('?status=approved');
      expect(await page.locator('.row b, .value b, .chip b').count()).toBe(0);
      await done();
    },
  );

  it('is suggested by its name, and becomes a filter', async () => {
    const { page, done } = await shared.visit('/', PHONE);
    await page.getByRole('combobox', { name: text.searchLabel }).tap();
    await page.keyboard.type('harb', { delay: 20 });
    await page.getByRole('option').filter({ hasText: text.suggestionTypes.area }).first().tap();
    await page.getByRole('button', { name: text.remove(NEIGHBOURHOODS[0].nhood) }).waitFor();
    expect(await page.getByRole('combobox', { name: text.searchLabel }).inputValue()).toBe('');
    const theirs = await shared.api(`?area=${encodeURIComponent(NEIGHBOURHOODS[0].nhood)}`);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(theirs.hits, theirs.locations));
    await done();
  });

  it('is in the plain list next to the address', async () => {
    const { page, done } = await shared.visit('/data/list.html');
    await page.getByText(NEIGHBOURHOODS[1].nhood, { exact: true }).first().waitFor();
    expect(await page.locator('li b').count()).toBe(0);
    await done();
  });
});
