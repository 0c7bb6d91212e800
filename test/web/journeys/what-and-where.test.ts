import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { rows, summary } from '../page-parts.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
const CORNER = text.intersection('Market St', '2nd St');
const SMALL_PHONE = { ...PHONE, viewport: { width: 390, height: 664 } };

const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name);
const field = (page: Page) => page.getByRole('combobox', { name: text.searchLabel });

describe.skipIf(noBrowser || noSharedData)('one field for what and where', () => {
  const { visit, api } = fixture(async () => {
    if (noSharedData) return undefined;
    const sources = [
      `permits=${sharedData('permits/permits-2022-03-02-487.json')}`,
      `schedule=${sharedData('schedule/schedule-2022-01-2809.csv')}`,
      `areas=${sharedData('geometry/sf-neighborhoods-analysis.min.geojson')}`,
    ];
    return startServer(sources.flatMap((source) => ['--source', source]));
  });

  /** What the page shows for tacos near the corner. */
  async function expectTacosNearCorner(page: Page): Promise<void> {
    await page.getByRole('button', { name: text.remove(text.fromPlace(CORNER)) }).waitFor();
    expect(await field(page).inputValue()).toBe('tacos');
    expect([param(page, 'q'), param(page, 'near'), param(page, 'sort')]).toEqual(['tacos', CORNER, 'distance']);
    const [lat, lon] = [Number(param(page, 'lat')), Number(param(page, 'lon'))];
    expect(Math.abs(lat - 37.7893) + Math.abs(lon + 122.4009)).toBeLessThan(0.002);
    const theirs = await api(`?q=tacos&lat=${lat}&lon=${lon}&sort=distance`);
    await expect.poll(() => summary(page).textContent()).toBe(text.found(theirs.hits, theirs.locations));
    expect(await rows(page).first().getAttribute('data-vendor')).toBe(theirs.trucks[0]?.id);
  }

  it('Enter splits the text when its place is certain; the chip, a link and Back keep words and place', async () => {
    const { page, done } = await visit('/', SMALL_PHONE);
    await rows(page).first().waitFor();
    await field(page).tap();
    await page.keyboard.type('tacos market & 2nd');
    await page.keyboard.press('Enter');
    await expectTacosNearCorner(page);
    const link = page.url();
    await page.getByRole('button', { name: text.remove(text.fromPlace(CORNER)) }).click();
    await expect.poll(() => page.url()).toMatch(/\/\?q=tacos$/);
    await page.goBack();
    await expectTacosNearCorner(page);
    expect(page.url()).toBe(link);
    await page.goto('about:blank');
    await page.goto(link);
    await expectTacosNearCorner(page);
    await page.screenshot({ path: 'test/output/place-chip-390.png' });
    await done();
  });

  it('the split is the first suggestion, in the words of the text', async () => {
    const { page, done } = await visit('/');
    await rows(page).first().waitFor();
    await field(page).fill('tacos near market and 2nd');
    const first = page.getByRole('option').first();
    await page.getByRole('option', { name: text.wordsNear('tacos', CORNER) }).waitFor();
    expect(await first.textContent()).toContain(text.wordsNear('tacos', CORNER));
    await page.screenshot({ path: 'test/output/place-suggestion-1280.png' });
    await first.click();
    await expectTacosNearCorner(page);
    await done();
  });

  it('a text that holds only the corner leaves no words', async () => {
    const { page, done } = await visit('/?q=tacos&area=Mission');
    await rows(page).first().waitFor();
    await field(page).fill('near market and 2nd');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: text.remove(text.fromPlace(CORNER)) }).waitFor();
    expect([await field(page).inputValue(), param(page, 'q'), param(page, 'area')]).toEqual(['', null, null]);
    await done();
  });

  it.each([
    ['tacos in soma', 'tacos', 'South of Market'],
    ['tacos cerca de la mission', 'tacos', 'Mission'],
    ['in the financial district', null, 'Financial District/South Beach'],
  ])('%s: a preposition and a known neighbourhood', async (typed, words, area) => {
    const { page, done } = await visit('/');
    await rows(page).first().waitFor();
    await field(page).fill(typed);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: text.remove(area) }).waitFor();
    expect([param(page, 'q'), param(page, 'area')]).toEqual([words, area]);
    await done();
  });

  it('a neighbourhood without a preposition is only suggested', async () => {
    const { page, done } = await visit('/');
    await rows(page).first().waitFor();
    await field(page).fill('tacos mission');
    await page.getByRole('option', { name: text.wordsIn('tacos', 'Mission') }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => param(page, 'q')).toBe('tacos mission');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
    expect(param(page, 'area')).toBeNull();
    await field(page).fill('tacos  mission');
    await page.getByRole('option', { name: text.wordsIn('tacos', 'Mission') }).click();
    await page.getByRole('button', { name: text.remove('Mission') }).waitFor();
    expect([param(page, 'q'), param(page, 'area')]).toEqual(['tacos', 'Mission']);
    await done();
  });

  it.each(['vegan near union square', 'fish and chips', 'mac & cheese', '2nd street tacos', 'market street'])(
    '%s is searched for as it is',
    async (typed) => {
      const { page, done } = await visit('/');
      await rows(page).first().waitFor();
      await field(page).fill(typed);
      await page.keyboard.press('Enter');
      const theirs = await api(`?${new URLSearchParams({ q: typed })}`);
      await expect
        .poll(() => summary(page).textContent())
        .toBe(theirs.hits === 0 ? text.emptyHeading(typed) : text.found(theirs.hits, theirs.locations));
      expect([param(page, 'q'), param(page, 'near'), param(page, 'area')]).toEqual([typed, null, null]);
      await done();
    },
  );

  it('the text can be cleared with a button as large as a finger, by touch and with the keyboard', async () => {
    const { page, done } = await visit('/?q=tacos', SMALL_PHONE);
    await rows(page).first().waitFor();
    const clear = page.getByRole('button', { name: text.clearText });
    const box = await clear.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    await clear.tap();
    expect(await field(page).inputValue()).toBe('');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    expect(await clear.isVisible()).toBe(false);
    await expect.poll(() => page.url()).not.toContain('q=');
    await page.keyboard.type('cof');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await field(page).inputValue()).toBe('');
    await done();
  });
});
