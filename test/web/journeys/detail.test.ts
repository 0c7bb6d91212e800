import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { rows } from '../page-parts.ts';

const text = english('en-US');
const SCREENS = [
  ['390x664', { ...PHONE, viewport: { width: 390, height: 664 }, reducedMotion: 'reduce' }],
  ['844x390', { ...PHONE, viewport: { width: 844, height: 390 }, reducedMotion: 'reduce' }],
  ['1280x800', { ...DESKTOP, reducedMotion: 'reduce' }],
  // A zoom of 400 % on a screen of 1280 x 1024.
  ['320x256', { viewport: { width: 320, height: 256 }, reducedMotion: 'reduce' }],
] as const;

describe.skipIf(noBrowser)('the detail of a vendor', () => {
  const { visit, api, get, url } = pageOfSample();
  const isFocused = (page: Page, selector: string) =>
    page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`);
  const placeOf = (page: Page) => new URL(page.url()).searchParams.get('place');

  it.each(SCREENS)('at %s, Back closes it and Forward opens it; the focus goes along', async (_name, screen) => {
    const { page, done } = await visit('/?q=tacos', screen);
    const button = rows(page).nth(1).locator('.branch').first();
    const id = await button.getAttribute('data-branch');
    const entries = await page.evaluate<number>('history.length');
    await button.press('Enter');
    const detail = page.getByRole('dialog');
    await detail.waitFor();
    expect([placeOf(page), await isFocused(page, '#detail-name')]).toEqual([id, true]);
    await page.goBack();
    await detail.waitFor({ state: 'hidden' });
    expect([placeOf(page), await isFocused(page, `[data-branch="${id}"]`)]).toEqual([null, true]);
    await page.goForward();
    await detail.waitFor();
    expect([placeOf(page), await isFocused(page, '#detail-name')]).toEqual([id, true]);
    // The close button goes back as well, so that no second entry of the same list is left behind.
    await detail.getByRole('button', { name: text.close, exact: true }).click();
    await detail.waitFor({ state: 'hidden' });
    await expect.poll(() => placeOf(page)).toBeNull();
    expect(await page.evaluate<number>('history.length')).toBe(entries + 1);
    await page.goForward();
    await detail.waitFor();
    await done();
  });

  it('opened by a link, Escape closes it and stays on the page, and Back leaves the page', async () => {
    const branch = (await api('?q=tacos')).trucks[0]?.branches[0]?.id;
    const { page, done } = await visit('/', DESKTOP);
    await page.goto(`${url()}/?q=tacos&place=${branch}`);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => placeOf(page)).toBeNull();
    expect(new URL(page.url()).searchParams.get('q')).toBe('tacos');
    await page.goBack();
    await expect.poll(() => new URL(page.url()).search).toBe('');
    await done();
  });

  it('Enter in the search field shows the list again, and what was open is the page’s title only while it is open', async () => {
    const { page, done } = await visit('/?q=tacos', DESKTOP);
    const row = rows(page).first();
    await row.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    const name = (await row.locator('.name').textContent()) ?? '';
    expect(await page.title()).toContain(name);
    await page.locator('#q').press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect([placeOf(page), (await page.title()).startsWith('tacos')]).toEqual([null, true]);
    await page.goBack();
    await page.getByRole('dialog').waitFor();
    await done();
  });

  it('closed while the map was moved under it, keeps the map where it is', async () => {
    const { page, done } = await visit('/?q=tacos', DESKTOP);
    await rows(page).first().locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    await page.locator('.leaflet-control-zoom-in').click();
    await expect.poll(() => new URL(page.url()).searchParams.get('map')).not.toBeNull();
    const view = new URL(page.url()).searchParams.get('map');
    await page.keyboard.press('Escape');
    await expect.poll(() => placeOf(page)).toBeNull();
    await expect.poll(() => new URL(page.url()).searchParams.get('map')?.split(',')[2]).toBe(view?.split(',')[2]);
    await done();
  });

  it.each(SCREENS)('at %s, all places of the vendor are in it, and a press shows one', async (_name, screen) => {
    const truck = (await api('?q=tacos')).trucks.find(({ branches }) => branches.length > 2);
    if (!truck) throw new Error('no taco vendor of the sample has three places');
    const [first, , third] = truck.branches;
    const { page, done } = await visit(`/?q=tacos&place=${first?.id}`, screen);
    const places = page.locator('#detail .branch');
    await places.first().waitFor();
    const streets = await places.locator('.address').allTextContents();
    expect(streets.toSorted()).toEqual(truck.branches.map(({ address }) => text.street(address)).toSorted());
    expect(await places.locator('.badge').count()).toBe(truck.branches.length);
    await places.filter({ hasText: text.street(third?.address ?? '') }).click();
    await expect.poll(() => placeOf(page)).toBe(third?.id);
    expect(await page.locator('.detail-place').textContent()).toContain(text.street(third?.address ?? ''));
    expect(await page.locator('#detail .branch[aria-current=true]').count()).toBe(1);
    expect(await page.locator('#detail').evaluate((node) => node.scrollTop)).toBe(0);
    expect(await isFocused(page, '#detail-name')).toBe(true);
    await done();
  });

  it.each([
    ['at 400 % zoom', '/?q=tacos', { width: 320, height: 256 }],
    ['in a small embed', '/?q=tacos&embed=1', { width: 320, height: 400 }],
  ])(
    '%s, the whole of it can be read and used by keyboard, and nothing else has the focus',
    async (_name, path, viewport) => {
      const { page, done } = await visit(path, { viewport, reducedMotion: 'reduce' });
      const button = rows(page).nth(2).locator('.branch').first();
      const id = await button.getAttribute('data-branch');
      await button.press('Enter');
      await page.getByRole('dialog').waitFor();
      const stops = await page.locator('#detail :is(a, button):not(.grip)').count();
      expect(stops).toBeGreaterThan(6);
      for (let stop = 0; stop < stops; stop++) {
        await page.keyboard.press('Tab');
        const seen = await page.evaluate(`(() => {
        const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
        const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
        return document.activeElement.closest('#detail') !== null && document.activeElement.contains(at);
      })()`);
        expect([stop, seen]).toEqual([stop, true]);
      }
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(await isFocused(page, `[data-branch="${id}"]`)).toBe(true);
      const box = await button.boundingBox();
      expect(box && box.y >= 0 && box.y + box.height <= viewport.height).toBe(true);
      await done();
    },
  );

  it('on a phone, it is a sheet: a drag or a press opens it fully, and a drag down closes it', async () => {
    const { page, done } = await visit('/?q=tacos', SCREENS[0][1]);
    await rows(page).first().locator('.branch').first().tap();
    const detail = page.getByRole('dialog');
    await detail.waitFor();
    const top = async () => Math.round((await detail.boundingBox())?.y ?? -1);
    const half = await top();
    const touch = await page.context().newCDPSession(page);
    const drag = async (from: number, to: number) => {
      const points = (y: number) => [{ x: 195, y }];
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: points(from) });
      for (let step = 1; step <= 6; step++) {
        const y = from + ((to - from) * step) / 6;
        await touch.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: points(y) });
      }
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    await drag(half + 100, half - 150);
    await expect.poll(top).toBeLessThan(half - 150);
    const full = await top();
    await page.locator('#detail-grip').tap();
    await detail.waitFor({ state: 'hidden' });
    await expect.poll(() => placeOf(page)).toBeNull();
    await rows(page).first().locator('.branch').first().tap();
    await detail.waitFor();
    await expect.poll(top).toBe(half);
    await page.locator('#detail-grip').tap();
    await expect.poll(top).toBe(full);
    // From its top, a drag down goes past the middle stop.
    await drag(full + 60, 650);
    await detail.waitFor({ state: 'hidden' });
    await expect.poll(() => placeOf(page)).toBeNull();
    // A press on the map closes it too, and a pin opens it again.
    const pin = page.locator('.pin').first();
    await pin.tap();
    await detail.waitFor();
    await page.touchscreen.tap(12, 140);
    await detail.waitFor({ state: 'hidden' });
    await done();
  });

  it('says the chosen time with the open state', async () => {
    const { trucks } = await api('?open_at=thu12:15&strict=true');
    const place = (wanted: string) =>
      trucks.flatMap(({ branches }) => branches).find(({ open }) => open.state === wanted)?.id ?? '';
    for (const state of ['open', 'unknown'] as const) {
      const { page, done } = await visit(`/?open_at=thu12:15&place=${place(state)}`, DESKTOP);
      const words = text.stateAt(state, text.day(3, 'long'), text.clock(12 * 60 + 15));
      await page.locator('.detail-state .badge').getByText(words, { exact: true }).waitFor();
      await done();
    }
  });

  it('links to the city for reports', async () => {
    const { page, done } = await visit('/?q=tacos', DESKTOP);
    const { city } = await get<{ city: { report_url: string } }>('/meta');
    await rows(page).first().locator('.branch').first().click();
    const report = page.getByRole('dialog').getByRole('link', { name: text.reportProblem });
    expect(await report.getAttribute('href')).toBe(`${city.report_url}/`);
    await done();
  });
});

/** The sample's page; a screen must be given. */
function pageOfSample() {
  const shared = fixture();
  return { visit: shared.visit, api: shared.api, get: shared.get, url: () => shared.url };
}
