import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { permitRow, permitsCsv, startWithTables, type TableRow } from '../invented-tables.ts';

const text = english('en-US');
const DESCRIPTION = 'MARKET ST: DRUMM ST intersection';
const PARCEL = 'Past Tacos';
const LONG_MENU = 'Long Menu';
const CURRENT = 'Current Tacos';

let rowCount = 0;
const rowOf = (name: string, values: TableRow): TableRow =>
  permitRow({ locationid: String(9_900_000 + ++rowCount), Applicant: name, ...values });

/** Vendors with older permits, and with a parcel number in place of an address. */
const TACO_ROWS = [
  ...(
    [
      ['APPROVED', 'Tacos: Burritos'],
      ['EXPIRED', 'Churros: Flan'],
    ] as const
  ).map(([Status, FoodItems]) =>
    rowOf(PARCEL, { Status, FoodItems, Address: 'Assessors Block 7283/Lot004', LocationDescription: DESCRIPTION }),
  ),
  rowOf(LONG_MENU, { FoodItems: 'Agua: Beans: Chips: Dips: Eggs: Fries', Address: '2 MAIN ST', Latitude: '37.77' }),
  rowOf(LONG_MENU, { Status: 'EXPIRED', FoodItems: 'Grits: Tacos', Address: '2 MAIN ST', Latitude: '37.77' }),
  rowOf(CURRENT, {
    FoodItems: 'Tacos',
    Address: '3 MAIN ST',
    LocationDescription: DESCRIPTION,
    Latitude: '37.75',
  }),
];
/** With the vendors of tacos, 740 vendors. */
const OTHER_ROWS = Array.from({ length: 737 }, (_, n) =>
  Array.from({ length: n < 194 ? 7 : 6 }, (__, place) =>
    rowOf(`Vendor ${n}`, {
      FoodItems: 'Noodles',
      Address: `${n}${place} LONG ST`,
      Latitude: String(37.71 + (n % 89) / 900),
      Longitude: String(-122.5 + ((n * 7 + place * 13) % 97) / 800),
    }),
  ),
).flat();

describe.skipIf(noBrowser)('a row of the list', () => {
  const shared = fixture(() => startWithTables({ permits: permitsCsv([...TACO_ROWS, ...OTHER_ROWS]) }));
  const words = async (shown: Locator) => ((await shown.textContent()) ?? '').replace(/\s+/g, ' ').trim();

  /** The list of tacos, and the row of one of its vendors. */
  async function visitRow(name: string, screen: object = DESKTOP) {
    const visited = await shared.visit('/?q=tacos', screen);
    const truck = (await shared.api('?q=tacos')).trucks.find((one) => one.name === name);
    if (!truck) throw new Error(`${name} was not found`);
    const row = visited.page.locator(`.row[data-vendor="${truck.id}"]`);
    await row.waitFor();
    return { ...visited, truck, row };
  }

  it('food that is not on a current permit comes last, with one label, in the list and in the detail', async () => {
    const { page, row, done } = await visitRow(PARCEL);
    const expected = `Tacos · Burritos ${text.pastItems} Churros · Flan`;
    expect(await words(row.locator('.items'))).toBe(expected);
    expect(await words(row.locator('.past'))).toBe(`${text.pastItems} Churros · Flan`);
    expect(await row.locator('.items mark').allTextContents()).toEqual(['Tacos']);
    await row.locator('.branch').first().click();
    const detail = page.getByRole('dialog');
    expect(await words(detail)).toContain(expected);
    await done();
  });

  it('a match among the past food is shown even where the list is cut, and still labelled', async () => {
    const { row, truck, done } = await visitRow(LONG_MENU);
    expect(truck.items).toEqual(['Agua', 'Beans', 'Chips', 'Dips', 'Eggs', 'Fries', 'Grits', 'Tacos']);
    expect(await words(row.locator('.past'))).toBe(`${text.pastItems} Tacos`);
    await row.getByRole('button', { name: text.moreItems }).click();
    expect(await words(row.locator('.past'))).toBe(`${text.pastItems} Tacos · Grits`);
    await done();
  });

  it('without such food there is no label', async () => {
    const { row, done } = await visitRow(CURRENT);
    expect(await row.locator('.past').count()).toBe(0);
    await done();
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('a parcel number is replaced by the description of the place, at %s', async (width, screen) => {
    const { page, row, truck, done } = await visitRow(PARCEL, screen);
    const shown = 'Market St: Drumm St intersection';
    expect(await row.locator('.address').first().textContent()).toBe(shown);
    const marker = page.locator(`[data-spot="${truck.branches[0]?.id}"]`);
    expect(await marker.getAttribute('aria-label')).toContain(shown);
    await page.screenshot({ path: `test/output/page-past-${width}.png` });
    await row.locator('.branch').first().click();
    const detail = page.getByRole('dialog');
    expect(await words(detail)).toContain(shown);
    expect(await words(detail)).not.toContain('Assessors');
    await done();
  });

  it('next to an address, the description is only in the detail', async () => {
    const { page, row, done } = await visitRow(CURRENT);
    expect(await words(row)).not.toContain('Drumm');
    await row.locator('.branch').first().click();
    const said = await words(page.getByRole('dialog'));
    expect(said).toContain('Market St: Drumm St intersection');
    await done();
  });

  it('a list of hundreds is rendered page by page', async () => {
    const { hits, locations } = await shared.api('?status=any');
    expect(hits).toBe(740);
    expect(locations).toBeGreaterThan(4500);
    const { page, done } = await shared.visit('/?status=any');
    await page.locator('.cluster').first().waitFor();
    expect(await page.locator('.row[data-vendor]').count()).toBe(50);
    expect(await page.locator('.leaflet-marker-icon').count()).toBeLessThan(400);
    // The button says how many rows it adds.
    await page.getByRole('button', { name: text.showMore(50), exact: true }).click();
    expect(await page.locator('.row[data-vendor]').count()).toBe(100);
    await page.evaluate("for (let shown = 100; shown < 700; shown += 50) document.querySelector('.more-rows').click()");
    expect(await page.locator('.row[data-vendor]').count()).toBe(700);
    expect(await page.locator('.more-rows').textContent()).toBe(text.showMore(40));
    await done();
  });
});
