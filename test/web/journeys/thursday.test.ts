import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { hands } from '../hands.ts';
import { attributes, rows, summary } from '../page-parts.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
const SCREEN = { ...PHONE, viewport: { width: 390, height: 664 } };
const TYPED = 'tacos market & 2nd';
const SHOW_RESULTS = /^Show \d+ results?$/;

/** The whole task may need at most this much by touch. */
const MOST_TAPS = 5;
const MOST_KEYS = 20;
/** Without a pointer, Tab and arrow keys move through the chips and the sheet. */
const MOST_KEYS_ALONE = 45;

describe.skipIf(noBrowser || noSharedData)(
  'tacos on Thursday at noon near Market and 2nd, on a phone of 390 by 664',
  () => {
    const { visit, api } = fixture(async () => {
      if (noSharedData) return undefined;
      const sources = [
        `permits=${sharedData('permits/permits-2022-03-02-487.json')}`,
        `schedule=${sharedData('schedule/schedule-2022-01-2809.csv')}`,
      ];
      return startServer(sources.flatMap((source) => ['--source', source]));
    });

    const focused = (page: Page) =>
      page.evaluate(`(() => {
      const on = document.activeElement;
      return (on?.getAttribute('aria-label') || on?.labels?.[0]?.textContent || on?.textContent || '').trim();
    })()`) as Promise<string>;

    /** The list is the API's answer, and its first vendor is complete on the screen. */
    async function expectAnswer(page: Page): Promise<void> {
      const { searchParams } = new URL(page.url());
      expect([searchParams.get('q'), searchParams.get('open_at')]).toEqual(['tacos', 'thu12:00']);
      const [lat, lon] = ['lat', 'lon'].map((name) => Number(searchParams.get(name)));
      expect(Math.abs((lat ?? 0) - 37.7893) + Math.abs((lon ?? 0) + 122.4009)).toBeLessThan(0.002);
      const theirs = await api(`?q=tacos&lat=${lat}&lon=${lon}&sort=distance&open_at=thu12:00`);
      expect(await rows(page).first().getAttribute('data-vendor')).toBe(theirs.trucks[0]?.id);
      expect(await summary(page).textContent()).toContain(text.openAt(text.weekTime(3 * 1440 + 720)));
    }

    it('by touch', async () => {
      const { page, done } = await visit('/', SCREEN);
      await rows(page).first().waitFor();
      const hand = hands(page);
      await hand.tap(page.getByRole('combobox', { name: text.searchLabel }));
      await hand.type(TYPED);
      await hand.press('Enter');
      await page.locator('.row .distance').first().waitFor();
      await hand.tap(page.locator('[data-control=when]'));
      await hand.tap(page.getByRole('radio', { name: text.day(3, 'long') }));
      await page.screenshot({ path: 'test/output/thursday-when-390.png' });
      await hand.tap(page.getByRole('button', { name: SHOW_RESULTS }));
      await expectAnswer(page);
      const row = await rows(page).first().boundingBox();
      expect(row && row.y + row.height).toBeLessThanOrEqual(SCREEN.viewport.height);
      await page.screenshot({ path: 'test/output/thursday-list-390.png' });
      await hand.tap(rows(page).first().locator('.branch').first());
      await page.getByRole('dialog').waitFor();
      expect(hand.used.taps).toBeLessThanOrEqual(MOST_TAPS);
      expect(hand.used.keys).toBeLessThanOrEqual(MOST_KEYS);
      await done();
    });

    it('with the keyboard alone', async () => {
      const { page, done } = await visit('/', { viewport: SCREEN.viewport });
      await rows(page).first().waitFor();
      const hand = hands(page);
      const pressUntil = async (key: string, isThere: (name: string) => boolean) => {
        for (let step = 0; step < 30; step++) {
          if (isThere(await focused(page))) return;
          await hand.press(key);
        }
        throw new Error(`${key} never came there`);
      };
      await pressUntil('Tab', (name) => name === text.searchLabel);
      await hand.type(TYPED);
      await hand.press('Enter');
      await page.locator('.row .distance').first().waitFor();
      await pressUntil('Tab', (name) => name === text.whenLabel);
      await hand.press('Enter');
      await pressUntil('Tab', (name) => /day$/.test(name));
      await pressUntil('ArrowRight', (name) => name === text.day(3, 'long'));
      // A weekday is checked as the arrows pass it; on a Thursday, Space checks it.
      if (!(await page.getByRole('radio', { name: text.day(3, 'long') }).isChecked())) await hand.press('Space');
      await pressUntil('Tab', (name) => SHOW_RESULTS.test(name));
      await hand.press('Enter');
      await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe('thu12:00');
      await expectAnswer(page);
      expect(hand.used).toEqual({ taps: 0, keys: expect.any(Number) });
      expect(hand.used.keys).toBeLessThanOrEqual(MOST_KEYS_ALONE);
      await done();
    });

    it('a meal is another press', async () => {
      const { page, done } = await visit('/?open_at=thu12:00', SCREEN);
      await rows(page).first().waitFor();
      await page.locator('[data-control=when]').tap();
      for (const [meal, minute, value] of [
        ['dinner', 18 * 60, 'thu18:00'],
        ['breakfast', 8 * 60, 'thu08:00'],
      ] as const) {
        const chip = page.getByRole('button', { name: `${text.meals[meal]} ${text.clock(minute)}` });
        await chip.tap();
        await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe(value);
        expect(await chip.getAttribute('aria-pressed')).toBe('true');
      }
      await done();
    });

    it('a window of hours is one more choice: the list, the chip and the link have it, and the API agrees', async () => {
      const { page, done } = await visit('/?q=tacos&open_at=thu11:00', SCREEN);
      await rows(page).first().waitFor();
      await page.locator('[data-control=when]').tap();
      await page.getByLabel(text.untilLabel).selectOption({ label: text.clock(14 * 60) });
      const search = '?q=tacos&open_at=thu11:00&open_within=180';
      await expect.poll(() => new URL(page.url()).search).toBe(search);
      const theirs = await api(search);
      const ids = theirs.trucks.map(({ id }) => id).sort();
      await expect.poll(async () => (await attributes(page, '.row[data-vendor]', 'data-vendor')).sort()).toEqual(ids);
      await page.keyboard.press('Escape');
      const chip = page.locator('[data-control=when]');
      expect(await chip.textContent()).toContain(text.weekWindow(3 * 1440 + 11 * 60, 180));
      // Any time ends the window too.
      await page.locator('.control', { has: chip }).locator('.remove').tap();
      await expect.poll(() => new URL(page.url()).search).toBe('?q=tacos');
      await done();
    });
  },
);
