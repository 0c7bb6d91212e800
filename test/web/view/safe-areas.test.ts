import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fixture, noBrowser, PHONE } from '../browser.ts';

/** A phone on its side: a notch at either end, and the system's bar at the lower edge. Pixels. */
const SCREEN = { ...PHONE, viewport: { width: 844, height: 390 } };
const INSETS = { left: 47, right: 47, bottom: 21 };

describe.skipIf(noBrowser)('on a phone with a notch, on its side', () => {
  const shared = fixture();

  async function open(path: string): Promise<{ page: Page; done: () => Promise<void> }> {
    const visit = await shared.visit('/', SCREEN);
    const session = await visit.page.context().newCDPSession(visit.page);
    await session.send('Emulation.setSafeAreaInsetsOverride', { insets: { top: 0, ...INSETS } });
    await visit.page.goto(`${shared.url}${path}`);
    await visit.page.locator('.row[data-vendor]').first().waitFor();
    await visit.page.locator('[data-spot], [data-cluster]').first().waitFor();
    return visit;
  }

  it('controls, pins, list and header are clear of it', async () => {
    const { page, done } = await open('/?q=tacos&lat=37.7893&lon=-122.4009');
    const { width, height } = SCREEN.viewport;
    for (const selector of [
      '.brand a',
      '.field',
      '.chip-row > :first-child',
      '.summary',
      '.row',
      '.leaflet-control-zoom',
      '.map-button.is-pin',
      '.attribution',
    ]) {
      const box = await page.locator(selector).first().boundingBox();
      if (!box) throw new Error(`${selector} is not shown`);
      expect([selector, box.x >= INSETS.left]).toEqual([selector, true]);
      expect([selector, box.x + box.width <= width - INSETS.right]).toEqual([selector, true]);
    }
    for (const selector of ['.leaflet-control-zoom', '.attribution']) {
      const box = await page.locator(selector).boundingBox();
      expect([selector, (box?.y ?? 0) + (box?.height ?? 0) <= height - INSETS.bottom]).toEqual([selector, true]);
    }
    // The nearest are in view, and the page chose the view.
    const pins = await page.locator('[data-spot], .origin').evaluateAll((all) =>
      all.map((one) => {
        const { right, bottom } = one.getBoundingClientRect();
        return { right, bottom };
      }),
    );
    const inView = pins.filter(({ right, bottom }) => right <= width && bottom <= height);
    expect(inView.length).toBeGreaterThan(3);
    await page.screenshot({ path: 'test/output/page-notch.png' });
    // The list is next to the map, so it needs no room for the notch on that side.
    const [row, pane] = [await page.locator('.row').first().boundingBox(), await page.locator('#pane').boundingBox()];
    expect((pane?.x ?? 0) + (pane?.width ?? 0) - (row?.x ?? 0) - (row?.width ?? 0)).toBeLessThan(30);
    await done();
  });

  it('fitted results are clear of it', async () => {
    const { page, done } = await open('/?q=tacos');
    const { width, height } = SCREEN.viewport;
    const boxes = await page.locator('[data-spot], [data-cluster]').evaluateAll((all) =>
      all.map((one) => {
        const { right, bottom } = one.getBoundingClientRect();
        return { right, bottom };
      }),
    );
    expect(boxes.length).toBeGreaterThan(5);
    for (const { right, bottom } of boxes)
      expect([right <= width - INSETS.right, bottom <= height - INSETS.bottom]).toEqual([true, true]);
    await done();
  });
});
