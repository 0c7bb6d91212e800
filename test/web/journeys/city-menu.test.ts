import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InventedCities, startInventedCities } from '../../fixtures/invented-cities.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { startServer } from '../page-server.ts';

let invented: InventedCities;
beforeAll(async () => {
  invented = await startInventedCities();
});
afterAll(() => invented.end());

const SCREENS = {
  phone: { ...PHONE, viewport: { width: 390, height: 664 } },
  'phone-dark': { ...PHONE, viewport: { width: 390, height: 664 }, colorScheme: 'dark' },
  low: { ...PHONE, viewport: { width: 844, height: 390 } },
  desktop: DESKTOP,
  'desktop-dark': { ...DESKTOP, colorScheme: 'dark' },
} as const;

describe.skipIf(noBrowser)('the page of a deployment with two cities', () => {
  const web = fixture(async () => {
    invented.publishTable('alpha', 3);
    invented.publishTable('beta', 5);
    const cities = [await invented.cityFile('alpha'), await invented.cityFile('beta')];
    return startServer([...cities.flatMap((path) => ['--city', path]), '--refresh', '24h']);
  });

  it('leads to the other city and back, with the language of the link', async () => {
    const { page, done } = await web.visit('/?lang=es', PHONE);
    const menu = page.locator('.city-menu');
    expect(await menu.locator('summary').getAttribute('aria-label')).toBe('Ciudades, Alpha');
    await menu.locator('summary').click();
    await menu.getByRole('link', { name: 'Beta' }).click();
    await page.waitForURL('**/beta/?lang=es');
    await page.locator('.row[data-vendor]').nth(4).waitFor();
    expect(await page.title()).toContain('Beta');
    await menu.locator('summary').click();
    expect(await menu.locator('a[aria-current]').textContent()).toBe('Beta');
    await menu.getByRole('link', { name: 'Alpha' }).click();
    await page.waitForURL(`${web.url}/?lang=es`);
    await page.locator('.row[data-vendor]').nth(2).waitFor();
    expect(await page.locator('.row[data-vendor]').count()).toBe(3);
    await done();
  });

  it('can be used with the keyboard, and closes on Escape and outside', async () => {
    const { page, done } = await web.visit('/beta/', DESKTOP);
    const menu = page.locator('.city-menu');
    await menu.locator('summary').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Alpha');
    await page.keyboard.press('Escape');
    expect(await menu.getAttribute('open')).toBeNull();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    await page.locator('#q').click();
    expect(await menu.getAttribute('open')).toBeNull();
    await done();
  });

  it('keeps recent searches and saved vendors of each city apart, and the language together', async () => {
    const { page, done } = await web.visit('/beta/', DESKTOP);
    await page.locator('.row[data-vendor] .favourite').first().click();
    const kept = () => page.evaluate("Object.keys(localStorage).filter((key) => key.endsWith('favourites'))");
    expect(await kept()).toEqual(['beta:favourites']);
    await page.getByRole('link', { name: 'Español' }).click();
    await page.goto(`${web.url}/`);
    await page.locator('.row[data-vendor]').first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('es');
    expect(await page.locator('.favourite[aria-pressed="true"]').count()).toBe(0);
    await done();
  });

  it.each(Object.entries(SCREENS))('fits on the screen: %s', async (name, options) => {
    const { page, done } = await web.visit('/beta/', options);
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.locator('.city-menu summary').click();
    const { width } = options.viewport;
    for (const part of ['.city-menu summary', '.city-menu nav', '.field']) {
      const box = await page.locator(part).boundingBox();
      expect([part, (box?.x ?? -1) >= 0, (box?.x ?? 0) + (box?.width ?? width) <= width]).toEqual([part, true, true]);
    }
    for (const box of await page.locator('.city-menu a').all()) {
      expect((await box.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    }
    await page.screenshot({ path: `test/output/city-menu-${name}.png` });
    await done();
  });
});

describe.skipIf(noBrowser)('the page of a single city', () => {
  const web = fixture();

  it('has no menu of cities, and does not load its script', async () => {
    const { page, done } = await web.visit('/', DESKTOP);
    await page.locator('.row[data-vendor]').first().waitFor();
    expect(await page.locator('.city-menu').count()).toBe(0);
    const scripts = (await page.evaluate(
      "performance.getEntriesByType('resource').map(({ name }) => name)",
    )) as string[];
    expect(scripts.filter((name) => name.includes('city-menu'))).toEqual([]);
    await done();
  });
});
