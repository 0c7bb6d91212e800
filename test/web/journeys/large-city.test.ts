import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';
import { startLargeCity } from '../large-city.ts';
import { attributes, foundText, rows, summary, withoutOwnSearch } from '../page-parts.ts';

const text = english('en-US');
const FACETS = 'facets=category,facility,area,open';
const TIME = 'thu12:00';

const openCount = ({ facets }: SearchResponse) => facets.open?.find(({ value }) => value === 'open')?.count ?? 0;
/** What the page calls the vendors that are open at a time, and those that may be. */
const openText = (when: string, answer: SearchResponse) =>
  text.openSummary(when, openCount(answer), answer.hits - openCount(answer));
const showMore = (page: Page) => page.locator('.more-rows');
const mapNote = (page: Page) => page.locator('.map-note');
const markersDrawn = async (page: Page) =>
  (await page.locator('[data-cluster]').allTextContents()).map(Number).reduce((sum, one) => sum + one, 0) +
  (await page.locator('[data-spot]').count());
/** The numbers on the buttons of the open control, by value. */
const counted = (page: Page) =>
  page
    .locator('.sheet .value')
    .evaluateAll((all) =>
      all.map((one) => [
        one.querySelector('bdi')?.textContent,
        Number(one.querySelector('.count')?.textContent?.replace(/\D/g, '')),
      ]),
    );

describe.skipIf(noBrowser)('a city of more vendors than one answer holds', () => {
  const shared = fixture(() => startLargeCity(6_000));
  const { api, visit } = shared;
  /** The ids of all vendors, page by page. */
  async function walk(query: string): Promise<string[]> {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer: SearchResponse = await api(`${query}${cursor && `&cursor=${cursor}`}`);
      ids.push(...answer.trucks.map(({ id }) => id));
      cursor = answer.page.cursor;
    }
    return ids;
  }

  it('all numbers are the API’s: above the list, on the chips, in the sheets and on the map', async () => {
    const all = await api(`?status=approved&${FACETS}`);
    expect(all.hits).toBeGreaterThan(1_000);
    const { page, done } = await visit('/');
    await expect.poll(() => summary(page).textContent()).toBe(foundText(all));
    expect(await mapNote(page).textContent()).toBe(`${text.partOnMap(750, all.hits)}. ${text.othersOnMap}`);
    const open = openCount(all);
    const chip = page.getByRole('button', { name: text.timeOptions.now });
    // No minute of the week is without an open vendor in a city of this size.
    expect(open).toBeGreaterThan(0);
    const number = /(\d[\d,]*)$/.exec((await chip.textContent()) ?? '')?.[1]?.replace(',', '');
    const after = openCount(await api(`?status=approved&${FACETS}`));
    expect([open, after]).toContain(Number(number));
    await openControl(page, 'category');
    expect(await counted(page)).toEqual(
      all.facets.category?.slice(0, 12).map(({ value, count }) => [text.category(value), count]),
    );
    expect(await page.locator('.sheet-foot .button').textContent()).toBe(text.showResults(all.hits));
    await closeControl(page);
    await done();
  });

  it('filters and the time go to the API, and back and forward show the same again', async () => {
    const { page, done } = await visit('/');
    const all = await api('?status=approved');
    await expect.poll(() => summary(page).textContent()).toBe(foundText(all));
    await openControl(page, 'category');
    await page.locator('.sheet .value').first().click();
    const value = new URL(page.url()).searchParams.get('category') ?? '';
    const filtered = await api(`?category=${value}&strict=true&${FACETS}`);
    expect(filtered.hits).toBeLessThan(all.hits);
    await expect.poll(() => summary(page).textContent()).toBe(foundText(filtered));
    expect(await page.locator('.sheet-foot .button').textContent()).toBe(text.showResults(filtered.hits));
    // A group's own filter is left out of its own counts, so that other values can be chosen.
    expect((await counted(page))[1]?.[1]).toBe(filtered.facets.category?.[1]?.count);
    await closeControl(page);
    expect(await attributes(page, '.row[data-vendor]', 'data-vendor')).toEqual(
      filtered.trucks.slice(0, 50).map(({ id }) => id),
    );

    await openControl(page, 'when');
    await page.getByRole('radio', { name: text.timeOptions.at }).check();
    await page.getByRole('radio', { name: text.day(3, 'long') }).check();
    await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe(TIME);
    const timed = await api(`?category=${value}&open_at=${TIME}&strict=true&${FACETS}`);
    const when = text.openAt(text.weekTime(3 * 1440 + 720));
    await expect.poll(() => summary(page).textContent()).toBe(openText(when, timed));
    expect(await page.locator('.sheet-foot .button').textContent()).toBe(text.showResults(timed.hits));
    // A histogram of the loaded vendors alone would contradict the numbers.
    expect(await page.locator('.bars').count()).toBe(0);
    await page.getByRole('slider').press('ArrowRight');
    await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe('thu12:15');
    const later = await api(`?category=${value}&open_at=thu12:15&strict=true&${FACETS}`);
    const laterText = openText(text.openAt(text.weekTime(3 * 1440 + 735)), later);
    await expect.poll(() => summary(page).textContent()).toBe(laterText);
    await closeControl(page);

    const steps = new Set([foundText(all)]);
    for (let step = 0; step < 4 && !steps.has((await summary(page).textContent()) ?? ''); step++) {
      await page.goBack();
      await page.waitForTimeout(400);
    }
    await expect.poll(() => summary(page).textContent()).toBe(foundText(all));
    await page.goForward();
    await expect.poll(() => summary(page).textContent()).toBe(foundText(filtered));
    await done();
  });

  // Some 40 presses, each of which renders a longer list.
  it('“Show 50 more” leads to the last vendor, in the API’s order, and then all are on the map', async () => {
    const query = '?sort=name&status=approved';
    const ids = await walk(query);
    const answer = await api(query);
    expect(ids).toHaveLength(answer.hits);
    const { page, done } = await visit(`/${query}`, { reducedMotion: 'reduce' });
    await expect.poll(() => summary(page).textContent()).toBe(foundText(answer));
    for (let shown = 50; shown < ids.length; ) {
      const more = Math.min(50, ids.length - shown);
      expect(await showMore(page).textContent()).toBe(text.showMore(more));
      await showMore(page).click();
      shown += more;
      await expect.poll(() => rows(page).count()).toBe(shown);
    }
    expect(await showMore(page).count()).toBe(0);
    expect(await attributes(page, '.row[data-vendor]', 'data-vendor')).toEqual(ids);
    expect(await summary(page).textContent()).toBe(foundText(answer));
    expect(await mapNote(page).count()).toBe(0);
    await done();
  }, 90_000);

  it('a page that cannot be loaded says so, and the button tries again', async () => {
    const { page } = await visit('/?sort=name&status=approved');
    await rows(page).first().waitFor();
    for (let shown = 50; shown < 750; shown += 50) await showMore(page).click();
    await expect.poll(() => rows(page).count()).toBe(750);
    await withoutOwnSearch(page);
    await page.route('**/search?*cursor=*', (route) => route.abort());
    await showMore(page).click();
    await page.getByText(text.nextPageFailed).waitFor();
    expect(await rows(page).count()).toBe(750);
    await page.unroute('**/search?*cursor=*');
    await showMore(page).click();
    await expect.poll(() => rows(page).count()).toBe(800);
    expect(await page.getByText(text.nextPageFailed).count()).toBe(0);
    await page.context().close();
  });

  it('searching an area that one answer holds shows all of it on the map', async () => {
    const { page, done } = await visit('/', { ...PHONE, reducedMotion: 'reduce' });
    await rows(page).first().waitFor();
    await mapNote(page).waitFor();
    await page.goto(`${shared.url}/?status=approved&bbox=-122.45,37.75,-122.42,37.78`);
    const area = await api('?status=approved&bbox=-122.45,37.75,-122.42,37.78');
    expect(area.page.cursor).toBeNull();
    await expect.poll(() => summary(page).textContent()).toBe(foundText(area));
    await expect.poll(() => markersDrawn(page)).toBe(area.locations);
    expect(await mapNote(page).count()).toBe(0);
    await done();
  });
});
