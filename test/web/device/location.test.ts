import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');
const DOWNTOWN = { latitude: 37.7893, longitude: -122.4009 };
const NEW_YORK = { latitude: 40.7128, longitude: -74.006 };

describe.skipIf(noBrowser)('near me', () => {
  const { visit } = fixture();
  const press = (page: Page) => page.getByRole('button', { name: text.nearMe }).click();
  const origin = (page: Page) => new URL(page.url()).searchParams.get('lat');

  /** Whether the whole element is in the window, and nothing covers its middle. */
  const isSeen = (element: Locator) =>
    element.evaluate((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const { innerWidth, innerHeight } = node.ownerDocument.defaultView ?? {};
      const topmost = node.ownerDocument.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && node.contains(topmost);
    });

  it.each([
    ['/', PHONE],
    ['/?status=any', PHONE],
    ['/', DESKTOP],
    ['/?status=any', DESKTOP],
  ])('a refusal is in view at %s, however far the list is scrolled, and can be closed', async (path, screen) => {
    const { page, done } = await visit(path, screen);
    await page.locator('path.outline').first().waitFor();
    await page.locator('#pane').evaluate((node) => {
      node.scrollTop = 4000;
    });
    await press(page);
    const alert = page.getByRole('alert');
    await alert.getByText(text.locationErrors.denied).waitFor();
    expect(await isSeen(alert)).toBe(true);
    await page.getByRole('button', { name: text.close, exact: true }).click();
    expect(await alert.count()).toBe(0);
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false);
    await done();
  });

  it('says how rough the position is, until distances are measured from elsewhere', async () => {
    const rough = { permissions: ['geolocation'], geolocation: { ...DOWNTOWN, accuracy: 50_000 } };
    const { page, done } = await visit('/?q=tacos', { ...DESKTOP, ...rough });
    await press(page);
    await page.getByRole('alert').getByText(text.locationRough('31 mi')).waitFor();
    await page.locator('#q').fill('coffee');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('coffee');
    expect(await page.getByRole('alert').count()).toBe(1);
    await page.getByRole('button', { name: text.pinButton }).click();
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
    await done();
  });

  it.each([
    ['en-US', 50_000, /^within (31|32|33|34|35) mi$/],
    ['en-CA', 50_000, /^within (50|51|52|53|54|55|56|57) km$/],
    ['en-US', 400, /^(about|within) [\d.,]+ (ft|mi)$/],
  ])('in %s, no row is more precise than a position within %d m', async (locale, accuracy, shown) => {
    const { page, done } = await visit('/?q=tacos', {
      ...DESKTOP,
      locale,
      permissions: ['geolocation'],
      geolocation: { ...DOWNTOWN, accuracy },
    });
    await press(page);
    await page.getByRole('button', { name: text.nearMe, pressed: true }).waitFor();
    await page.locator('.row .distance').first().waitFor();
    const rows = await page.locator('.row .distance').allTextContents();
    expect(rows.filter((one) => !shown.test(one))).toEqual([]);
    await page.locator('.branch').first().click();
    expect(await page.locator('.detail-place .distance').textContent()).toMatch(shown);
    await page.getByRole('button', { name: text.why }).first().click();
    await page.locator('.why').getByText(/\w\.$/).waitFor();
    if (accuracy === 50_000) expect(await page.locator('.why').textContent()).not.toContain('away');
    await done();
  });

  it('an accurate position in the city needs no notice', async () => {
    const { page, done } = await visit('/?q=tacos', {
      ...DESKTOP,
      permissions: ['geolocation'],
      geolocation: DOWNTOWN,
    });
    await press(page);
    await page.getByRole('button', { name: text.nearMe, pressed: true }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await done();
  });

  it('far outside the city, it says how far, and measures from there only on request', async () => {
    const { page, done } = await visit('/?q=tacos', { ...PHONE, permissions: ['geolocation'], geolocation: NEW_YORK });
    await page.locator('path.outline').first().waitFor();
    await press(page);
    const alert = page.getByRole('alert');
    // The straight line from New York to San Francisco is 2,565 miles long.
    await alert.getByText(/^You are about 2,5\d\d(\.\d)? mi away from San Francisco\.$/).waitFor();
    expect(origin(page)).toBeNull();
    await page.getByRole('button', { name: text.measureAnyway }).click();
    await page.getByRole('button', { name: text.nearMe, pressed: true }).waitFor();
    expect(origin(page)).toBe('40.7128');
    expect(await alert.count()).toBe(0);
    await done();
  });

  it('a prompt that nobody answers ends, and near me can be pressed again', async () => {
    const { page, done } = await visit('/');
    await page.clock.install();
    await page.addInitScript('navigator.geolocation.getCurrentPosition = () => undefined;');
    await page.reload();
    await page.locator('path.outline').first().waitFor();
    await press(page);
    await page.getByRole('button', { name: text.locating }).waitFor();
    await page.clock.fastForward(40_000);
    await page.getByRole('alert').getByText(text.locationErrors.timeout).waitFor();
    expect(await page.getByRole('button', { name: text.nearMe }).isEnabled()).toBe(true);
    await done();
  });
});
