import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
const SHOW_RESULTS = /^Show \d+ results?$/;

/** Presses Tab until the focused element has this label or text. */
async function tabTo(page: Page, name: string | RegExp, key = 'Tab'): Promise<void> {
  for (let step = 0; step < 60; step++) {
    const here = (await page.evaluate(`(() => {
      const on = document.activeElement;
      return on?.getAttribute('aria-label') || on?.labels?.[0]?.textContent || on?.textContent || '';
    })()`)) as string;
    if (typeof name === 'string' ? here.trim() === name : name.test(here.trim())) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab never came to ${name}`);
}

/*
 * The task: a first-time user finds a truck that is open on Thursday at noon near Market and 2nd. With the sample, the
 * user's location is there; with the city's data, the user types the intersection.
 */
describe.skipIf(noBrowser).each<[string, { permits: string; approvedHours: boolean } | null]>([
  ['the sample', null],
  ['the permits and the schedule of 2022', { permits: 'permits-2022-03-02-487.json', approvedHours: true }],
  // No approved permit of that year has known hours: the page says so and offers permits of any status.
  ['the permits of 2024 with the schedule of 2022', { permits: 'permits-2024-08-29-489.csv', approvedHours: false }],
])('a truck open on Thursday at noon near Market and 2nd: %s', (_name, real) => {
  const shared = fixture(async () => {
    if (!real) return startServer();
    if (noSharedData) return undefined;
    const sources = [
      `permits=${sharedData(`permits/${real.permits}`)}`,
      `schedule=${sharedData('schedule/schedule-2022-01-2809.csv')}`,
    ];
    return startServer(sources.flatMap((source) => ['--source', source]));
  });
  const there = { permissions: ['geolocation'], geolocation: { latitude: 37.7893, longitude: -122.4009 } };
  const screen = real ? {} : there;

  /** The open detail shows a branch that, according to the API, is nearby and open at that time. */
  async function expectSuccess(page: Page): Promise<void> {
    const { searchParams } = new URL(page.url());
    const [place, lat, lon] = ['place', 'lat', 'lon'].map((name) => searchParams.get(name));
    expect(Math.abs(Number(lat) - 37.7893) + Math.abs(Number(lon) + 122.4009)).toBeLessThan(0.002);
    const query = `lat=${lat}&lon=${lon}&radius=600&open_at=thu12:00&status=any&hours=known`;
    const near = await shared.api(`?${query}`);
    const branch = near.trucks.flatMap(({ branches }) => branches).find(({ id }) => id === place);
    expect(branch?.open.state).toBe('open');
    expect(await page.getByRole('dialog').locator('.detail-state .badge').textContent()).toMatch(/^(Open|Closes)/);
  }

  it.skipIf(real !== null && noSharedData)('with the keyboard alone', async () => {
    const { page, done } = await shared.visit('/', { ...DESKTOP, ...screen });
    await page.locator('.row[data-vendor]').first().waitFor();
    const type = page.keyboard;
    if (real) {
      await tabTo(page, text.searchLabel);
      await type.type('market and 2nd', { delay: 15 });
      await page.getByText(text.intersection('Market St', '2nd St'), { exact: true }).waitFor();
      await type.press('ArrowDown');
      await type.press('Enter');
    } else {
      await tabTo(page, text.nearMe);
      await type.press('Enter');
    }
    await page.locator('.row .distance').first().waitFor();
    await tabTo(page, text.whenLabel);
    await type.press('Enter');
    await tabTo(page, text.timeOptions.any);
    await type.press('ArrowRight');
    await type.press('ArrowRight');
    await tabTo(page, /^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/);
    // Reads the label, because the URL may be written a moment later.
    const day = () => page.evaluate("document.activeElement.getAttribute('aria-label')");
    for (let step = 0; step < 7 && (await day()) !== text.day(3, 'long'); step++) await type.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe('thu12:00');
    await tabTo(page, SHOW_RESULTS);
    await type.press('Enter');
    if (real?.approvedHours === false) {
      await tabTo(page, text.anyPermit);
      await type.press('Enter');
      await page.locator('.badge.is-open').first().waitFor();
    }
    // A followed link leaves the focus at the list, which comes after the chips.
    await tabTo(page, new RegExp(`^${text.filters}`), real?.approvedHours === false ? 'Shift+Tab' : 'Tab');
    await type.press('Enter');
    await tabTo(page, text.hoursKnown);
    await type.press('Space');
    await tabTo(page, SHOW_RESULTS);
    await type.press('Enter');
    await page.locator('.row .badge.is-open').first().waitFor();
    await tabTo(page, new RegExp(text.showDetail));
    await type.press('Enter');
    await expectSuccess(page);
    await type.press('Escape');
    await done();
  });

  it.skipIf(real !== null && noSharedData)('on a phone', async () => {
    const { page, done } = await shared.visit('/', { ...PHONE, ...screen });
    if (real) {
      await page.getByRole('combobox', { name: text.searchLabel }).tap();
      await page.keyboard.type('market & 2nd', { delay: 15 });
      await page.getByText(text.intersection('Market St', '2nd St'), { exact: true }).tap();
    } else await page.getByRole('button', { name: text.nearMe }).tap();
    await page.locator('.row .distance').first().waitFor();
    await page.locator('[data-control=when]').tap();
    await page.getByRole('radio', { name: text.day(3, 'long') }).tap();
    await page.getByRole('button', { name: SHOW_RESULTS }).tap();
    if (real?.approvedHours === false) await page.getByRole('link', { name: text.anyPermit }).tap();
    const open = page
      .locator('.branch')
      .filter({ has: page.locator('.badge.is-open') })
      .first();
    await open.tap();
    await page.getByRole('dialog').waitFor();
    await page.screenshot({ path: `test/output/task-${real?.permits.slice(8, 12) ?? 'sample'}-390.png` });
    await expectSuccess(page);
    await done();
  });
});
