import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from '../accessibility/violations.ts';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { openControl } from '../controls.ts';
import { english } from '../english.ts';
import { rows } from '../page-parts.ts';

const text = english('en-US');
const SMALL_PHONE = { ...PHONE, viewport: { width: 390, height: 664 } };

const star = (page: Page, vendor: string) =>
  page.locator('.row').getByRole('button', { name: text.saveVendor(vendor) });
const sheet = (page: Page) => page.getByRole('dialog');

describe.skipIf(noBrowser)('saved vendors', () => {
  const { visit, api } = fixture();

  it('are saved with a star, listed, opened and removed; the empty list says how to add', async () => {
    const { page, done } = await visit('/', SMALL_PHONE);
    await rows(page).first().waitFor();
    await openControl(page, 'more');
    await sheet(page)
      .getByRole('button', { name: new RegExp(`^${text.favourites}`) })
      .tap();
    await sheet(page).getByText(text.noFavourites).waitFor();
    await page.keyboard.press('Escape');
    const [first, second] = (await api('?status=approved')).trucks;
    if (!first || !second) throw new Error('the sample has no vendors');
    const box = await star(page, first.name).boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await star(page, first.name).tap();
    await star(page, second.name).tap();
    expect(await star(page, first.name).getAttribute('aria-pressed')).toBe('true');
    await page.screenshot({ path: 'test/output/favourite-rows-390.png' });
    await page.reload();
    await rows(page).first().waitFor();
    expect(await star(page, second.name).getAttribute('aria-pressed')).toBe('true');
    await page.locator('[data-control=saved]').tap();
    expect(await sheet(page).locator('.saved-name').allTextContents()).toEqual([second.name, first.name]);
    await page.screenshot({ path: 'test/output/favourites-390.png' });
    expect(await violations(page)).toEqual([]);
    await sheet(page)
      .getByRole('button', { name: text.saveVendor(second.name) })
      .tap();
    expect(await sheet(page).locator('.saved-name').allTextContents()).toEqual([first.name]);
    await sheet(page).getByRole('link', { name: first.name }).tap();
    await page.getByRole('dialog').waitFor();
    expect(await page.locator('#detail-name').textContent()).toBe(first.name);
    await done();
  });

  it('are listed without a connection', async () => {
    const { page } = await visit('/', SMALL_PHONE);
    await rows(page).first().waitFor();
    const [first] = (await api('?status=approved')).trucks;
    await star(page, first?.name ?? '').tap();
    await page.context().setOffline(true);
    await page.locator('[data-control=saved]').tap();
    expect(await sheet(page).locator('.saved-name').allTextContents()).toEqual([first?.name]);
    expect(await sheet(page).getByText(text.favouriteGone).count()).toBe(0);
    await page.context().close();
  });

  it('say that a vendor is gone, and can be removed', async () => {
    const { page } = await visit('/', SMALL_PHONE);
    await page.addInitScript(
      `localStorage.setItem('favourites', JSON.stringify([{ id: 'gone-vendor-0000', name: 'Gone Vendor', address: null }]));`,
    );
    await page.reload();
    await rows(page).first().waitFor();
    await page.locator('[data-control=saved]').tap();
    await sheet(page).getByText(text.favouriteGone).waitFor();
    expect(await sheet(page).getByRole('link', { name: 'Gone Vendor' }).count()).toBe(0);
    await sheet(page)
      .getByRole('button', { name: text.saveVendor('Gone Vendor') })
      .tap();
    await sheet(page).getByText(text.noFavourites).waitFor();
    await page.context().close();
  });

  it('work for this visit where the browser stores nothing', async () => {
    const { page, done } = await visit('/');
    await page.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('No', 'SecurityError'); } });",
    );
    await page.reload();
    await rows(page).first().waitFor();
    const [first, second] = (await api('?status=approved')).trucks;
    await star(page, first?.name ?? '').click();
    await star(page, second?.name ?? '').click();
    await page.locator('[data-control=saved]').click();
    expect(await sheet(page).locator('.saved-name').count()).toBe(2);
    await done();
  });

  it('are not offered in another site’s frame', async () => {
    const { page, done } = await visit('/?embed=1');
    await rows(page).first().waitFor();
    expect(await page.locator('.favourite').count()).toBe(0);
    await openControl(page, 'more');
    expect(await sheet(page).getByText(text.favourites).count()).toBe(0);
    await done();
  });
});
