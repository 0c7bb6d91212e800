import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { dataPages } from '../data-pages.ts';
import { startCurrentCity, startOldCity } from '../invented-tables.ts';

const HERE = 'lat=37.7893&lon=-122.4009';
/** Each state that the page may be in when it shows results: its path, and its data. */
const STATES = [
  ['home', '/', 'current'],
  ['results', '/?q=tacos', 'current'],
  ['results near a place', `/?q=coffee&${HERE}&sort=distance`, 'current'],
  ['the sample’s notice', '/', 'sample'],
  ['the notice of old data', '/', 'old'],
  ['a relaxed search of old data', '/?q=tacos+zzzunheardof', 'old'],
  ['the chips of the question', `/?q=vegan+or+vegetarian+tacos+no+pork+no+beef+near+me`, 'sample'],
  ['a time', '/?open_at=thu12:00', 'sample'],
  ['filters', `/?category=mexican&facility=truck&hours=known&status=any&${HERE}&radius=9000`, 'old'],
  ['nothing open at that time', '/?q=tacos&open_at=mon04:00&hours=known', 'sample'],
] as const;
type DataKind = (typeof STATES)[number][2];

const PHONES = [
  [390, 664],
  [390, 844],
  [360, 640],
  [844, 390],
] as const;

type Box = { readonly top: number; readonly bottom: number; readonly height: number };
const boxes = (page: Page, selector: string): Promise<Box[]> =>
  page.locator(selector).evaluateAll((all) =>
    all.map((one) => {
      const { top, bottom, height } = one.getBoundingClientRect();
      return { top, bottom, height };
    }),
  );

describe.skipIf(noBrowser)('the first screen', () => {
  const fixtures = { sample: fixture(), current: fixture(startCurrentCity), old: fixture(startOldCity) };
  const openPages = (screen: object) => {
    const { show, done } = dataPages(fixtures, { reducedMotion: 'reduce', ...screen });
    return {
      done,
      async show(data: DataKind, path: string) {
        const page = await show(data, path);
        await page.locator('.row[data-vendor]').first().waitFor();
        await page.locator('path.outline').first().waitFor();
        return page;
      },
    };
  };

  it.each(PHONES)(
    'at %d x %d, has a whole result in every state, under a header of at most 64 pixels',
    async (width, height) => {
      const seen: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      const { show, done } = openPages({ ...PHONE, viewport: { width, height } });
      for (const [name, path, data] of STATES) {
        const page = await show(data, path);
        const [header] = await boxes(page, '#top');
        const [chips] = await boxes(page, '#chips');
        const [first, second] = await boxes(page, '.row[data-vendor]');
        const half = second ? second.top + second.height / 2 : 0;
        seen[name] = {
          header: (header?.height ?? 99) <= 64,
          chips: (chips?.height ?? 99) <= 56,
          whole: (first?.top ?? -1) >= (chips?.bottom ?? 0) && (first?.bottom ?? height + 1) <= height,
          // A phone on its side has room for one row next to the map.
          half: width > height || half <= height,
        };
        expected[name] = { header: true, chips: true, whole: true, half: true };
      }
      expect(seen).toEqual(expected);
      await done();
    },
    90_000,
  );

  it('on a desktop, rows are at most 150 pixels high', async () => {
    const { show, done } = openPages(DESKTOP);
    for (const [, path, data] of STATES) {
      const page = await show(data, path);
      const heights = (await boxes(page, '.row[data-vendor]')).map(({ height }) => height);
      expect(heights.length).toBeGreaterThan(0);
      expect([path, heights.filter((one) => one > 150)]).toEqual([path, []]);
    }
    await done();
  }, 90_000);

  it.each(['es', 'ru', 'zh'])('in %s, a phone shows a whole result too', async (language) => {
    const { show, done } = openPages({ ...PHONE, viewport: { width: 360, height: 640 } });
    const page = await show('sample', `/?lang=${language}`);
    const [first] = await boxes(page, '.row[data-vendor]');
    expect(first?.bottom).toBeLessThanOrEqual(640);
    await done();
  });
});
