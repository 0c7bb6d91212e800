import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';

const HERE = 'lat=37.7893&lon=-122.4009';
/** Each state that the page may be in when it shows results: its path, and the origin of the data. */
const STATES = [
  ['home', '/', 'live'],
  ['results', '/?q=tacos', 'live'],
  ['results near a place', `/?q=coffee&${HERE}&sort=distance`, 'live'],
  ['the sample’s notice', '/', 'sample'],
  ['the notice of old data', '/', 'old'],
  ['a relaxed search of old data', '/?q=tacos+zzzunheardof', 'old'],
  ['the chips of the question', `/?q=vegan+or+vegetarian+tacos+no+pork+no+beef+near+me`, 'sample'],
  ['a time', '/?open_at=thu12:00', 'sample'],
  ['filters', `/?category=mexican&facility=truck&hours=known&status=any&${HERE}&radius=9000`, 'old'],
  ['nothing open at that time', '/?q=tacos&open_at=mon04:00&hours=known', 'sample'],
] as const;
type Origin = (typeof STATES)[number][2];

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
  const shared = fixture();

  /** Opens a path with data that is a sample, a city's of today, or a city's of two years ago. */
  async function visitData(path: string, origin: Origin, screen: object) {
    const opened = await shared.open(screen);
    await opened.page.route('**/search?*', async (route) => {
      const answer = await (await route.fetch()).json();
      const { now } = answer.meta;
      const asOf = origin === 'old' ? `${Number(now.slice(0, 4)) - 2}${now.slice(4, 10)}` : now.slice(0, 10);
      const meta = origin === 'sample' ? answer.meta : { ...answer.meta, origin: 'live', as_of: asOf };
      await route.fulfill({ json: { ...answer, meta } });
    });
    await opened.page.goto(`${shared.url}${path}`);
    await opened.page.locator('.row[data-vendor]').first().waitFor();
    await opened.page.locator('path.outline').first().waitFor();
    return opened;
  }

  it.each(PHONES)(
    'at %d x %d, has a whole result in every state, under a header of at most 64 pixels',
    async (width, height) => {
      const seen: Record<string, unknown> = {};
      const expected: Record<string, unknown> = {};
      for (const [name, path, origin] of STATES) {
        const { page, complaints } = await visitData(path, origin, {
          ...PHONE,
          reducedMotion: 'reduce',
          viewport: { width, height },
        });
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
        expect(complaints).toEqual([]);
        await page.context().close();
      }
      expect(seen).toEqual(expected);
    },
    90_000,
  );

  it('on a desktop, rows are at most 150 pixels high', async () => {
    for (const [, path, origin] of STATES) {
      const { page } = await visitData(path, origin, { ...DESKTOP, reducedMotion: 'reduce' });
      const heights = (await boxes(page, '.row[data-vendor]')).map(({ height }) => height);
      expect(heights.length).toBeGreaterThan(0);
      expect([path, heights.filter((one) => one > 150)]).toEqual([path, []]);
      await page.context().close();
    }
  }, 90_000);

  it.each(['es', 'ru', 'zh'])('in %s, a phone shows a whole result too', async (language) => {
    const { page } = await visitData(`/?lang=${language}`, 'sample', {
      ...PHONE,
      viewport: { width: 360, height: 640 },
    });
    const [first] = await boxes(page, '.row[data-vendor]');
    expect(first?.bottom).toBeLessThanOrEqual(640);
    await page.context().close();
  });
});
