import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { hands } from '../hands.ts';
import { startLargeCity } from '../large-city.ts';
import { rows, summary } from '../page-parts.ts';

const text = english('en-US');
/** A phone with the bars of its browser. */
const SCREEN = { ...PHONE, viewport: { width: 390, height: 664 } };
const DOWNTOWN = { latitude: 37.7893, longitude: -122.4009 };
/** A Monday, 4 AM in San Francisco: nobody has permitted hours then. */
const NIGHT = new Date('2026-11-23T12:00:00Z');
const openNow = (page: Page) => page.getByRole('button', { name: text.timeOptions.now });

/** The first vendor is complete on the first screen: nobody has to scroll. */
async function expectOnFirstScreen(page: Page): Promise<void> {
  const row = await rows(page).first().boundingBox();
  expect(row?.y).toBeGreaterThan(0);
  expect(row && row.y + row.height).toBeLessThanOrEqual(SCREEN.viewport.height);
}

describe.skipIf(noBrowser)('how much a person does on a phone, without scrolling', () => {
  const { visit, api } = fixture();

  it('near me: one tap, and the nearest vendor is there with its distance', async () => {
    const { page, done } = await visit('/', { ...SCREEN, geolocation: DOWNTOWN, permissions: ['geolocation'] });
    await rows(page).first().waitFor();
    const hand = hands(page);
    await hand.tap(page.getByRole('button', { name: text.nearMe }));
    await page.locator('.row .distance').first().waitFor();
    const { latitude, longitude } = DOWNTOWN;
    const [nearest] = (await api(`?status=approved&lat=${latitude}&lon=${longitude}&sort=distance`)).trucks;
    expect(await rows(page).first().getAttribute('data-vendor')).toBe(nearest?.id);
    await expectOnFirstScreen(page);
    expect(hand.used).toEqual({ taps: 1, keys: 0 });
    await done();
  });

  it('a typo: one tap and the word, and its vendors are there', async () => {
    const { page, done } = await visit('/', SCREEN);
    await rows(page).first().waitFor();
    const hand = hands(page);
    await hand.tap(page.getByRole('combobox', { name: text.searchLabel }));
    await hand.type('burito');
    const [first] = (await api('?q=burito')).trucks;
    await expect.poll(() => rows(page).first().getAttribute('data-vendor')).toBe(first?.id);
    expect(JSON.stringify(first).toLowerCase()).toContain('burrito');
    await hand.press('Enter');
    await expectOnFirstScreen(page);
    expect(hand.used).toEqual({ taps: 1, keys: 7 });
    await done();
  });

  it('closed at night: one tap, and what opens next is there', async () => {
    const night = await visit('/?q=tacos&hours=known', SCREEN);
    await night.page.clock.setFixedTime(NIGHT);
    await night.page.reload();
    await rows(night.page).first().waitFor();
    const hand = hands(night.page);
    await hand.tap(openNow(night.page));
    await expect.poll(() => summary(night.page).textContent()).toBe(text.noneOpen(text.weekTime(4 * 60)));
    await expectOnFirstScreen(night.page);
    expect(hand.used).toEqual({ taps: 1, keys: 0 });
    await night.done();
  });

  it('share: two taps, the vendor and Share, and the link is on the clipboard', async () => {
    const { page, done } = await visit('/?q=tacos', {
      ...SCREEN,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await rows(page).first().waitFor();
    const hand = hands(page);
    await hand.tap(rows(page).first().locator('.branch').first());
    await hand.tap(page.getByRole('dialog').getByRole('button', { name: text.share }));
    await page.getByText(text.copied).waitFor();
    const link = await page.evaluate('navigator.clipboard.readText()');
    expect(link).toBe(page.url());
    expect(hand.used).toEqual({ taps: 2, keys: 0 });
    await done();
  });

  it('offline after one visit: nothing, the list is there and says when it was saved', async () => {
    const { page } = await visit('/?q=tacos', { ...SCREEN, serviceWorkers: 'allow' });
    await page.evaluate('navigator.serviceWorker.ready');
    await rows(page).first().waitFor();
    await expect.poll(() => page.evaluate('navigator.serviceWorker.controller !== null')).toBe(true);
    // The page asks once more for its answers, so that the worker keeps them.
    await page.waitForLoadState('networkidle');
    await page.context().setOffline(true);
    await page.reload();
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBe((await api('?q=tacos')).hits);
    await expectOnFirstScreen(page);
    await page.context().close();
  });
});

describe.skipIf(noBrowser)('how much a person does on a phone in a city of thousands of vendors', () => {
  const { visit, api } = fixture(() => startLargeCity(6_000));

  it('a food that is open at noon on Thursday: four taps and the word', async () => {
    const { page, done } = await visit('/', SCREEN);
    await rows(page).first().waitFor();
    const hand = hands(page);
    await hand.tap(page.getByRole('combobox', { name: text.searchLabel }));
    await hand.type('tacos');
    await hand.press('Enter');
    await hand.tap(page.locator('[data-control=when]'));
    await hand.tap(page.getByRole('radio', { name: text.day(3, 'long') }));
    await hand.tap(page.getByRole('button', { name: /^Show [\d,]+ results?$/ }));
    const answer = await api('?q=tacos&open_at=thu12:00');
    expect(answer.hits).toBeGreaterThan(0);
    await expect.poll(() => rows(page).first().getAttribute('data-vendor')).toBe(answer.trucks[0]?.id);
    await expectOnFirstScreen(page);
    expect(hand.used).toEqual({ taps: 4, keys: 6 });
    await done();
  });
});
