import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Truck } from '../../../web/api/types.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');
const DESCRIPTION = 'MARKET ST: DRUMM ST intersection';

describe.skipIf(noBrowser)('a row of the list', () => {
  const shared = fixture();
  const words = async (shown: Locator) => ((await shown.textContent()) ?? '').replace(/\s+/g, ' ').trim();

  /** The page on an answer whose first vendor is changed, like those of a city with older permits and parcel numbers. */
  async function visitChanged(change: (truck: Truck) => Partial<Truck>, screen: object = DESKTOP) {
    const answer = await shared.api('?q=tacos');
    const [first, ...others] = answer.trucks;
    if (!first) throw new Error('the sample has no tacos');
    const truck: Truck = { ...first, ...change(first) };
    const opened = await shared.open(screen);
    await opened.page.route('**/search?*', (route) =>
      route.fulfill({ json: { ...answer, trucks: [truck, ...others] } }),
    );
    await opened.page.goto(`${shared.url}/?q=tacos`);
    const row = opened.page.locator(`[data-vendor="${truck.id}"]`);
    await row.waitFor();
    return { ...opened, truck, row };
  }

  it('food that is not on a current permit comes last, with one label, in the list and in the detail', async () => {
    const past = ['Churros', 'Flan'];
    const { page, row, complaints } = await visitChanged(() => ({
      items: ['Tacos', 'Burritos', ...past],
      past,
      highlights: { fooditems: [[0, [0, 5]]], name: [] },
    }));
    const expected = `Tacos · Burritos ${text.pastItems} Churros · Flan`;
    expect(await words(row.locator('.items'))).toBe(expected);
    expect(await words(row.locator('.past'))).toBe(`${text.pastItems} Churros · Flan`);
    expect(await row.locator('.items mark').allTextContents()).toEqual(['Tacos']);
    await row.locator('.branch').first().click();
    const detail = page.getByRole('dialog');
    expect(await words(detail)).toContain(expected);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a match among the past food is shown even where the list is cut, and still labelled', async () => {
    const { page, row } = await visitChanged(() => ({
      items: ['Agua', 'Beans', 'Chips', 'Dips', 'Eggs', 'Fries', 'Gum', 'Tacos'],
      past: ['Gum', 'Tacos'],
      highlights: { fooditems: [[7, [0, 5]]], name: [] },
    }));
    expect(await words(row.locator('.past'))).toBe(`${text.pastItems} Tacos`);
    await row.getByRole('button', { name: text.moreItems }).click();
    expect(await words(row.locator('.past'))).toBe(`${text.pastItems} Tacos · Gum`);
    await page.context().close();
  });

  it('without such food there is no label', async () => {
    const { page, row } = await visitChanged(() => ({ past: [] }));
    expect(await row.locator('.past').count()).toBe(0);
    await page.context().close();
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('a parcel number is replaced by the description of the place, at %s', async (width, screen) => {
    const { page, row } = await visitChanged(
      ({ branches }) => ({
        past: ['Churros', 'Flan'],
        branches: branches.map((branch) => ({
          ...branch,
          address: 'Assessors Block 7283/Lot004',
          location_descriptions: [DESCRIPTION],
        })),
      }),
      screen,
    );
    const shown = 'Market St: Drumm St intersection';
    expect(await row.locator('.address').first().textContent()).toBe(shown);
    expect(await page.locator('[data-spot]').first().getAttribute('aria-label')).toContain(shown);
    await page.screenshot({ path: `test/output/page-past-${width}.png` });
    await row.locator('.branch').first().click();
    const detail = page.getByRole('dialog');
    expect(await words(detail)).toContain(shown);
    expect(await words(detail)).not.toContain('Assessors');
    await page.context().close();
  });

  it('next to an address, the description is only in the detail', async () => {
    const { page, row } = await visitChanged(({ branches }) => ({
      branches: branches.map((branch) => ({ ...branch, location_descriptions: [DESCRIPTION] })),
    }));
    expect(await words(row)).not.toContain('Drumm');
    await row.locator('.branch').first().click();
    const said = await words(page.getByRole('dialog'));
    expect(said).toContain(`Market St: Drumm St intersection`);
    await page.context().close();
  });

  it('a list of hundreds is rendered page by page', async () => {
    const first = (await shared.api('?status=any')).trucks[0];
    if (!first) throw new Error('the sample is empty');
    const many = await shared.api('?status=any');
    many.trucks = Array.from({ length: 740 }, (_, n) => ({
      ...first,
      id: `v${n}`,
      branches: Array.from({ length: n < 194 ? 7 : 6 }, (__, b) => ({
        ...first.branches[0],
        id: `${n}-${b}`,
        lat: 37.71 + (n % 89) / 900,
        lon: -122.5 + ((n * 7 + b * 13) % 97) / 800,
      })) as typeof first.branches,
    }));
    const places = many.trucks.reduce((sum, { branches }) => sum + branches.length, 0);
    expect(places).toBeGreaterThan(4500);
    const { page, done } = await shared.visit('/');
    await page.route('**/search?*', (route) => route.fulfill({ json: { ...many, hits: 740, locations: places } }));
    await page.goto(`${shared.url}/?status=any`);
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
