import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { run } from '../../fixtures/server-process.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { snapshot } from '../../seed/tables.ts';
import { launchBrowser, noBrowser, PHONE, visit } from '../browser.ts';
import { startServer } from '../page-server.ts';

const LISTS = 'test/seed/proposal/lists';
const BOSTON = 'other-cities/boston-food-truck-schedule-2016-06-310.json';

let directory: string;
let browser: Browser;
beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/curbside-unlike-`);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await rm(directory, { recursive: true });
});

/** A table of the places that Boston's schedule names. Their coordinates are invented. */
async function bostonPlaces(): Promise<string> {
  const names = [...new Set(snapshot(BOSTON).rows.map(({ cells }) => cells.get('location') ?? ''))];
  const lines = names.map((name, at) => `"${name}",${42.3 + at / 1000},${-71.05 + ((at * 7) % 29) / 1000}`);
  await writeFile(`${directory}/places.csv`, ['Spot,Lat,Lon', ...lines, ''].join('\n'));
  return `${directory}/places.csv`;
}

/**
 * Opens the map of the city that `npm run city -- try` proposes for a table, and compares it with the server's answers.
 * @returns the number of markers that are no clusters
 */
async function tryMap(table: string, ...more: string[]): Promise<number> {
  const out = `${directory}/city.json`;
  const given = ['try', table, '--yes', '--no-serve', '--force', '--out', out, '--data-dir', directory, ...more];
  expect(await run('city', given)).toMatchObject({ code: 0 });
  const server = await startServer(['--city', out]);
  try {
    const ask = async (path: string) => (await fetch(`${server.url}${path}`)).json();
    const { hits, trucks } = (await ask('/search?hours=any&limit=50')) as SearchResponse;
    expect(hits).toBeGreaterThan(0);
    const { page, done } = await visit(browser, server.url, PHONE);
    await page.locator('[data-spot], [data-cluster]').first().waitFor();
    const spots = await page.locator('[data-spot]').count();
    expect(await page.locator('.summary').textContent()).toContain(hits.toLocaleString('en-US'));
    expect(await page.locator('path.outline').count()).toBeGreaterThan(0);
    const rows = page.locator('.row[data-vendor]');
    const name = await rows.first().locator('.name').textContent();
    expect(trucks.map((one) => one.name)).toContain(name);
    await rows.first().locator('.branch').first().click();
    await page.locator('#detail-name').waitFor();
    expect(await page.locator('#detail-name').textContent()).toContain(name);
    await done();
    return spots;
  } finally {
    await server.stop();
  }
}

describe.skipIf(noBrowser)('a table becomes a map', () => {
  it.each(['drinking-fountains.geojson', 'cart-licences.csv'])('%s', async (name) => {
    await tryMap(`${LISTS}/${name}`);
  });

  it('the stalls of a market that is smaller than a block are not one cluster', async () => {
    expect(await tryMap(`${LISTS}/night-market.csv`)).toBe(8);
  });

  describe.skipIf(noSharedData)('of a real city', () => {
    it.each([
      'permits/permits-2024-08-29-489.csv',
      'other-cities/vancouver-food-vendors-2025-12.csv',
      'other-cities/vancouver-food-vendors-2025-12.semicolon-bom.csv',
    ])('%s', async (name) => {
      await tryMap(sharedData(name));
    });

    it(`${BOSTON}, with a table of places`, async () => {
      await tryMap(sharedData(BOSTON), '--places', await bostonPlaces());
    });
  });
});
