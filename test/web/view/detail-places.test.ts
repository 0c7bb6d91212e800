import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser } from '../browser.ts';
import { english } from '../english.ts';
import { permitRow, permitsCsv, startWithTables } from '../invented-tables.ts';
import { rows } from '../page-parts.ts';

const text = english('en-US');

/** Permits of one vendor at forty places, some 100 metres apart. */
const FORTY_PLACES = Array.from({ length: 40 }, (_, at) =>
  permitRow({
    locationid: String(9_900_000 + at),
    Applicant: 'Forty Tacos',
    FoodItems: 'Tacos',
    Address: `${at + 1} LONG ST`,
    Latitude: String(37.75 + at / 1000),
    Longitude: String(-122.41 - (at % 7) / 1000),
  }),
);

describe.skipIf(noBrowser)('the detail of a vendor with forty places, in a city without an address for reports', () => {
  const shared = fixture(() => {
    const city = JSON.parse(readFileSync('seed/cities/san-francisco.json', 'utf8'));
    // Without an outline of its own, the city's places have one.
    const changed = { ...city, reportUrl: undefined, outline: undefined };
    return startWithTables({ permits: permitsCsv(FORTY_PLACES) }, changed);
  });

  it('shows the first places and the open one, and the rest on a press', async () => {
    const [truck] = (await shared.api('?q=tacos')).trucks;
    const branch = truck?.branches[30];
    expect(truck?.branches).toHaveLength(40);
    const { page, done } = await shared.visit(`/?q=tacos&place=${branch?.id}`, DESKTOP);
    const streets = page.locator('#detail .branch .address');
    await expect.poll(() => streets.count()).toBe(6);
    expect(await streets.last().textContent()).toBe(text.street(branch?.address ?? ''));
    await page
      .getByRole('dialog')
      .getByRole('button', { name: text.moreBranches(34) })
      .click();
    expect(await streets.count()).toBe(40);
    await done();
  });

  it('has no link for reports', async () => {
    const { page, done } = await shared.visit('/?q=tacos', DESKTOP);
    await page.locator('path.outline').first().waitFor();
    await rows(page).first().locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await page.getByRole('dialog').getByRole('link', { name: text.reportProblem }).count()).toBe(0);
    await done();
  });
});
