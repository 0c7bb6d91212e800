import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../../web/i18n/language.ts';
import { createTranslations } from '../../../web/i18n/translations.ts';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import type { english } from '../english.ts';
import { ALL } from '../i18n/all-languages.ts';
import { startCurrentCity } from '../invented-tables.ts';

const SMALL = { ...PHONE, viewport: { width: 360, height: 640 } };
const LONG = '/?q=vegan+or+vegetarian+tacos+no+pork+no+beef+near+me';

describe.skipIf(noBrowser)('the row of chips', () => {
  const { visit } = fixture();
  // A city's data of today has no notice about a sample or old data.
  const current = fixture(startCurrentCity);
  const row = (page: Page) => page.locator('.understood');
  const scroller = (page: Page) => page.locator('.chip-row');
  const chips = (page: Page) => row(page).locator('.chip').allTextContents();
  const overflow = (page: Page, part: string) =>
    page.locator(part).evaluate((node) => node.scrollWidth - node.clientWidth);

  it('at 360 pixels, the chips are one line that scrolls, and the first result is on the first screen', async () => {
    const { page, done } = await current.visit(LONG, SMALL);
    await page.locator('.row[data-vendor]').first().waitFor();
    expect((await chips(page)).length).toBeGreaterThan(4);
    const shape = await scroller(page).evaluate((list) => ({
      lines: new Set([...list.querySelectorAll('.chip, .control')].map((one) => one.getBoundingClientRect().top)).size,
      scrolls: list.scrollWidth > list.clientWidth,
    }));
    expect(shape).toEqual({ lines: 1, scrolls: true });
    const mask = "getComputedStyle(document.querySelector('.chip-row')).maskImage";
    expect(await page.evaluate(mask)).toContain('gradient');
    expect(await overflow(page, '#pane')).toBe(0);
    const name = await page.locator('.row[data-vendor] h3').first().boundingBox();
    expect((name?.y ?? 640) + (name?.height ?? 0)).toBeLessThan(640);
    // A finger scrolls the chips, and does not drag the sheet although it does not move straight.
    const top = await row(page).evaluate((list) => list.getBoundingClientRect().top);
    const touch = await page.context().newCDPSession(page);
    const moveFinger = (type: 'touchStart' | 'touchMove', x: number, y: number) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y }] });
    await moveFinger('touchStart', 300, top + 20);
    for (let step = 1; step <= 6; step++) await moveFinger('touchMove', 300 - step * 35, top + 20 - step * 4);
    await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect.poll(() => scroller(page).evaluate((list) => list.scrollLeft)).toBeGreaterThan(100);
    expect(await page.locator('#pane').getAttribute('data-stop')).toBe('half');
    expect(await row(page).evaluate((list) => list.getBoundingClientRect().top)).toBe(top);
    // The focused chip is scrolled to where it is not faded.
    await row(page).getByRole('button').last().focus();
    const rightEdge = async () => {
      const last = await row(page).getByRole('button').last().boundingBox();
      return (last?.x ?? 360) + (last?.width ?? 0);
    };
    await expect.poll(rightEdge).toBeLessThanOrEqual(360 - 40 + 1);
    await done();
  });

  it.each([
    ['360', SMALL],
    ['1280', DESKTOP],
  ])('fits with text at 200 %%, at %s, and its buttons can be pressed', async (_width, screen) => {
    const { page, done } = await visit(LONG, screen);
    await row(page).waitFor();
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    for (const part of ['html', '#pane', '#top']) expect([part, await overflow(page, part)]).toEqual([part, 0]);
    for (const button of await row(page).getByRole('button').all()) {
      await button.click({ trial: true });
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    await done();
  });

  it('a food of a hundred letters is cut, and its button stays on the screen', async () => {
    const { page, done } = await visit(`/?q=no+${'q'.repeat(97)}`, SMALL);
    await row(page).getByRole('button').first().click({ trial: true });
    expect(await overflow(page, '#pane')).toBe(0);
    expect((await scroller(page).boundingBox())?.height).toBeLessThan(60);
    await done();
  });

  it.each<[Language, string, (text: ReturnType<typeof english>) => string[]]>([
    ['en', 'tacos hold the cheese', (text) => [text.noFood('cheese')]],
    [
      'es',
      'tacos veganos sin cerdo ni queso cerca de mí',
      (text) => [text.category('vegan'), text.noFood('cerdo'), text.noFood('queso'), text.askNearMe],
    ],
    ['zh', '素食塔可 不要猪肉 附近', (text) => [text.category('vegetarian'), text.noFood('猪肉'), text.askNearMe]],
    [
      'ru',
      'тако без глютена без свинины рядом',
      (text) => [text.category('gluten free'), text.noFood('свинины'), text.askNearMe],
    ],
  ])('in %s: %s', async (language, question, expected) => {
    const text = createTranslations(ALL[language], language);
    const { page, done } = await visit(`/?q=${encodeURIComponent(question)}&lang=${language}`, PHONE);
    await expect.poll(() => chips(page)).toEqual(expected(text));
    await page.getByText(text.exclusionNote).waitFor();
    await done();
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('screenshots at %s (test/output)', async (width, screen) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, done } = await visit('/?q=vegan+tacos+no+pork+near+me', { ...screen, colorScheme });
      await row(page).waitFor();
      await page.locator('path.outline').first().waitFor();
      await page.screenshot({ path: `test/output/page-understood-${colorScheme}-${width}.png` });
      expect(await chips(page)).toHaveLength(3);
      await done();
    }
  });
});
