import { writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { attributes } from '../page-parts.ts';

const text = english('en-US');
const QUERY = '?q=tacos&open_at=thu12:00&category=mexican';
/** A4 at 96 pixels an inch, less margins of 10 mm. */
const PAPER = { width: 718, height: 1046 };

describe.skipIf(noBrowser)('on paper', () => {
  const shared = fixture();
  const names = (page: Page) =>
    page
      .locator('[data-spot], [data-cluster]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')).sort());
  const mapView = (page: Page) => page.locator('#map').evaluate((map) => [map.clientWidth, map.clientHeight]);

  it.each([
    ['a phone', PHONE, 'light'],
    ['a desktop', DESKTOP, 'dark'],
  ] as const)(
    'from %s: the map’s view, the time, the filters and all branches, without controls; then the screen is as before',
    async (name, screen, colorScheme) => {
      const { page, done } = await shared.visit(`/${QUERY}`, { ...screen, colorScheme, reducedMotion: 'reduce' });
      const { trucks } = await shared.api(`${QUERY}&strict=true`);
      expect(trucks.some(({ branches }) => branches.length > 1)).toBe(true);
      await page.locator('.row[data-vendor]').first().waitFor();
      const onScreen = {
        names: await names(page),
        branches: await page.locator('.branch').count(),
        map: await mapView(page),
      };
      expect(onScreen.branches).toBe(trucks.length);

      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize(PAPER);
      await expect
        .poll(async () => (await attributes(page, '.branch', 'data-branch')).sort())
        .toEqual(trucks.flatMap(({ branches }) => branches.map(({ id }) => id)).sort());
      const map = await page.locator('#map').boundingBox();
      expect(map && map.width > 600 && map.width <= PAPER.width && map.height > 300).toBe(true);
      // Every marker of the screen's view is within the map on paper.
      const boxes = await page.locator('[data-spot], [data-cluster]').evaluateAll((all) =>
        all.map((one) => {
          const { x, y } = one.getBoundingClientRect();
          return { x, y };
        }),
      );
      expect(boxes.length).toBeGreaterThan(0);
      for (const { x, y } of boxes)
        expect(map && x >= map.x && y >= map.y && x <= map.x + map.width && y <= map.y + map.height).toBe(true);
      // biome-ignore lint/performance/useDomNodeTextContent: only what is visible counts.
      const printed = await page.locator('body').innerText();
      const time = text.weekTime(3 * 1440 + 720);
      for (const part of [
        text.shownFor(time),
        text.openAt(time),
        text.category('mexican'),
        ...trucks.map((one) => one.name),
      ])
        expect(printed).toContain(part);
      const buttons = await page
        .locator('button:visible, input:visible, select:visible')
        .evaluateAll((all) => all.map((one) => one.className).filter((one) => one !== 'branch'));
      // What is set is printed as it is named on its chip.
      expect(buttons.length).toBe(await page.locator('.control.is-on:visible').count());
      expect(await page.evaluate('getComputedStyle(document.body).color')).toBe('rgb(44, 29, 18)');
      const file = `test/output/page-print-${name.replaceAll(' ', '-')}`;
      await page.screenshot({ path: `${file}.png`, fullPage: true });

      await page.emulateMedia({ media: 'screen' });
      await page.setViewportSize(screen.viewport);
      await expect.poll(() => page.locator('.branch').count()).toBe(onScreen.branches);
      await expect.poll(() => mapView(page)).toEqual(onScreen.map);
      expect(await names(page)).toEqual(onScreen.names);

      // The browser itself prints without the emulation.
      const pdf = await page.pdf({
        format: 'A4',
        margin: { top: '10mm', right: '10mm', bottom: '10mm', left: '10mm' },
      });
      writeFileSync(`${file}.pdf`, pdf);
      expect(pdf.length).toBeGreaterThan(10_000);
      await expect.poll(() => page.locator('.branch').count()).toBe(onScreen.branches);
      await done();
    },
  );
});
