import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { openControl } from '../controls.ts';

const LARGE = "addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '32px'; });";

/** Pairs of elements that overlap by more than a pixel. */
const overlaps = (page: Page, selectors: readonly string[]) =>
  page.evaluate<string[]>(`(() => {
    const boxes = ${JSON.stringify(selectors)}.flatMap((name) => [...document.querySelectorAll(name)].map((one) => [name, one.getBoundingClientRect()]))
      .filter(([, box]) => box.width > 1);
    return boxes.flatMap(([a, x], index) => boxes.slice(index + 1).flatMap(([b, y]) =>
      Math.min(x.right, y.right) - Math.max(x.left, y.left) > 1 && Math.min(x.bottom, y.bottom) - Math.max(x.top, y.top) > 1 ? [a + ' and ' + b] : []));
  })()`);

/** Elements that leave the box of their container at the side or below. */
const outside = (page: Page, container: string, part: string) =>
  page.evaluate<string[]>(`[...document.querySelectorAll(${JSON.stringify(container)})].flatMap((box) => {
    const { left, right, bottom } = box.getBoundingClientRect();
    return [...box.querySelectorAll(${JSON.stringify(part)})].flatMap((one) => {
      const inner = one.getBoundingClientRect();
      return inner.width > 1 && (inner.left < left - 1 || inner.right > right + 1 || inner.bottom > bottom + 1) ? [one.className + ': ' + one.textContent] : [];
    });
  })`);

describe.skipIf(noBrowser)('with text of 200 %', () => {
  const shared = fixture();

  it.each([
    ['390', { ...PHONE, viewport: { width: 390, height: 664 } }],
    ['1280', DESKTOP],
  ] as const)(
    'nothing in the header, the chips, the rows and the filters overlaps or is cut, at %s',
    async (width, screen) => {
      const { page, done } = await shared.visit('/?q=tacos', screen);
      await page.addInitScript(LARGE);
      await page.reload();
      await page.locator('.row[data-vendor]').first().waitFor();
      await page.screenshot({ path: `test/output/large-text-${width}.png` });
      expect(await overlaps(page, ['.brand img', '.brand-name', '.tagline', '.search'])).toEqual([]);
      expect(await overlaps(page, ['.chip-row .control'])).toEqual([]);
      expect(await outside(page, '.header', '.brand img, .brand-name, .tagline, .search')).toEqual([]);
      expect(await outside(page, '.row', '.name, .items, .address, .badge, .hours, .link')).toEqual([]);
      await openControl(page, 'more');
      expect(await outside(page, '.sheet-inner', 'label, legend, button')).toEqual([]);
      expect(await overlaps(page, ['.sheet-body .checkbox', '.sheet-body .units'])).toEqual([]);
      await page.screenshot({ path: `test/output/large-text-filters-${width}.png` });
      await done();
    },
  );
});
