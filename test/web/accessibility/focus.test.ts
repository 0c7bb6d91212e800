import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the keyboard focus', () => {
  const { visit } = fixture();
  const isOnBody = (page: Page) => page.evaluate('document.activeElement === document.body');
  const firstBranch = (page: Page) => page.locator('.branch').first();

  it.each(['#q', '[data-control=sort]', '[data-control=more]', '.leaflet-control-zoom-in', '#grip'])(
    'Escape closes the detail while it is on %s, and leaves the focus there',
    async (selector) => {
      const { page, done } = await visit('/?q=tacos');
      await firstBranch(page).click();
      await page.getByRole('dialog').waitFor();
      // The grip is invisible on a desktop, where nothing else has the focus then.
      const control = page.locator(selector);
      const canFocus = await control.isVisible();
      if (canFocus) await control.focus();
      else await page.evaluate('document.activeElement.blur()');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      if (canFocus) expect(await control.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
      else expect(await isOnBody(page)).toBe(false);
      expect(await page.locator('#q').inputValue()).toBe('tacos');
      await done();
    },
  );

  it('Escape closes one thing at a time: the suggestions, then the detail, then the text', async () => {
    const { page, done } = await visit('/?q=coffee');
    await firstBranch(page).click();
    await page.getByRole('dialog').waitFor();
    await page.evaluate(`document.querySelector('#q').focus()`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('#q').inputValue()).toBe('coffee');
    await page.locator('#q').fill('cof');
    await page.locator('[role=option]').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('#q').inputValue()).toBe('cof');
    await done();
  });

  it('stays in the page when the button that was pressed disappears', async () => {
    const { page, done } = await visit('/?q=tacos');
    // The distances are measured from a place, which closes its detail.
    await firstBranch(page).click();
    await page.getByRole('dialog').getByRole('button', { name: text.measureHere }).press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await isOnBody(page)).toBe(false);
    // The map was moved, and its area is searched.
    await page.locator('.leaflet-control-zoom-in').press('Enter');
    const area = page.getByRole('button', { name: text.searchHere });
    await area.press('Enter');
    await area.waitFor({ state: 'hidden' });
    // Chromium moves the focus of a hidden element with the next frames.
    await page.evaluate(
      'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 50))))',
    );
    expect(await isOnBody(page)).toBe(false);
    await done();
  });

  it('stays on a marker, or on what contains its place, while the map is zoomed out', async () => {
    const { page, done } = await visit('/?status=any');
    await page.locator('.cluster, .pin').first().waitFor();
    for (let step = 0; step < 3; step++) await page.locator('.leaflet-control-zoom-in').click();
    await page.locator('.pin').first().waitFor();
    await page.locator('.pin').first().focus();
    for (let step = 0; step < 8; step++) {
      await page.keyboard.press('-');
      expect(await isOnBody(page)).toBe(false);
    }
    await expect
      .poll(() => page.evaluate("document.activeElement.matches('[data-spot], [data-cluster], #map')"))
      .toBe(true);
    await done();
  });

  it('after a search by touch, is on the list, so the keyboard does not cover it', async () => {
    const { page, done } = await visit('/', PHONE);
    await page.locator('#q').fill('tacos');
    await page.keyboard.press('Enter');
    await firstBranch(page).waitFor();
    expect(await page.evaluate('document.activeElement.id')).toBe('results');
    await done();
  });
});
