import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the map', () => {
  const shared = fixture();
  const { api } = shared;
  const visit = (path: string, options: BrowserContextOptions = DESKTOP) =>
    shared.visit(path, { reducedMotion: 'reduce', ...options });
  const params = (page: Page) => new URL(page.url()).searchParams;
  const areaButton = (page: Page) => page.getByRole('button', { name: text.searchHere });
  const ready = (page: Page) => page.locator('.row[data-vendor]').first().waitFor();
  /** The id and screen position of every marker. */
  const positions = (page: Page) =>
    page
      .locator('[data-spot]')
      .evaluateAll((all) =>
        all.map((one) => [one.getAttribute('data-spot'), Math.round(one.getBoundingClientRect().x)]),
      );
  async function zoomIn(page: Page): Promise<void> {
    await page.getByRole('button', { name: text.zoomIn, exact: true }).click();
    await areaButton(page).waitFor();
  }

  it('its own moves never offer to search the area, and never become a filter', async () => {
    const { page, done } = await visit('/?q=tacos');
    await ready(page);
    expect(await areaButton(page).isVisible()).toBe(false);
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.locator('#q').fill('coffee');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('.summary').textContent())
      .toBe(text.found((await api('?q=coffee')).hits, (await api('?q=coffee')).locations));
    expect(await areaButton(page).isVisible()).toBe(false);
    expect([...params(page).keys()]).toEqual(['q']);
    await done();
  });

  it('after a user’s move, searches the visible area and stays there; the link shows the same', async () => {
    const { page, done } = await visit('/?q=tacos');
    await ready(page);
    await zoomIn(page);
    await expect.poll(() => params(page).get('map')).not.toBeNull();
    const view = params(page).get('map');
    const before = new Map((await positions(page)).map(([id, x]) => [id, x]));
    await areaButton(page).click();
    await expect.poll(() => params(page).get('bbox')).not.toBeNull();
    const answer = await api(`?q=tacos&bbox=${params(page).get('bbox')}&strict=true`);
    expect(answer.hits).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(answer.hits, answer.locations));
    expect(await areaButton(page).isVisible()).toBe(false);
    expect(params(page).get('map')).toBe(view);
    for (const [id, x] of await positions(page)) expect([id, before.get(id ?? '')]).toEqual([id, x]);
    const again = await visit(new URL(page.url()).search ? `/${new URL(page.url()).search}` : '/');
    await ready(again.page);
    expect(new Map((await positions(again.page)).map(([id, x]) => [id, x]))).toEqual(
      new Map((await positions(page)).map(([id, x]) => [id, x])),
    );
    await again.done();
    await page.getByRole('button', { name: text.remove(text.boxFilter) }).click();
    await expect.poll(() => params(page).get('bbox')).toBeNull();
    await done();
  });

  it('searches while the user moves it, if enabled: one entry in the history, and the map stays where it was moved to', async () => {
    const { page, done } = await visit('/?q=coffee');
    await page.locator('.row[data-vendor]').first().waitFor();
    await openControl(page, 'more');
    await page.getByRole('checkbox', { name: text.searchOnMove }).check();
    await closeControl(page);
    expect(new URL(page.url()).search).toBe('?q=coffee');
    const boxes = new Set<string>();
    for (const key of ['+', '+', 'ArrowRight']) {
      await page.locator('#map').focus();
      await page.keyboard.press(key);
      await expect.poll(() => new URL(page.url()).searchParams.get('bbox') ?? '').not.toBe([...boxes].at(-1) ?? '');
      boxes.add(new URL(page.url()).searchParams.get('bbox') ?? '');
    }
    expect(boxes.size).toBe(3);
    expect(await areaButton(page).isVisible()).toBe(false);
    const answer = await api(`?q=coffee&bbox=${[...boxes].at(-1)}&strict=true`);
    await expect.poll(() => page.locator('.row[data-vendor]').count()).toBe(answer.hits);
    await page.goBack();
    await expect.poll(() => new URL(page.url()).searchParams.get('bbox')).toBe(null);
    await done();
  });

  it('stays where the user moved it, while some results are in view', async () => {
    const { page, done } = await visit('/?q=tacos');
    await ready(page);
    await zoomIn(page);
    await expect.poll(() => params(page).get('map')).not.toBeNull();
    const view = params(page).get('map');
    await openControl(page, 'when');
    await page.getByRole('radio', { name: text.timeOptions.at }).check();
    await page.getByRole('slider').press('ArrowRight');
    await closeControl(page);
    await openControl(page, 'more');
    await page.getByRole('checkbox', { name: text.anyStatus }).check();
    await closeControl(page);
    await ready(page);
    await expect.poll(() => params(page).get('map')).toBe(view);
    await done();
  });

  it('shows the user’s location after "near me", even if an area was searched before', async () => {
    const here = { latitude: 37.7893, longitude: -122.4009 };
    const { page, done } = await visit('/?q=tacos', { ...DESKTOP, permissions: ['geolocation'], geolocation: here });
    await ready(page);
    await zoomIn(page);
    await areaButton(page).click();
    await expect.poll(() => params(page).get('bbox')).not.toBeNull();
    await page.getByRole('button', { name: text.nearMe }).click();
    await expect.poll(() => page.getByRole('button', { name: text.nearMe }).getAttribute('aria-pressed')).toBe('true');
    expect(params(page).get('bbox')).toBeNull();
    expect(params(page).get('map')).toBeNull();
    const [pin, map] = [await page.locator('.origin').boundingBox(), await page.locator('#map').boundingBox()];
    expect(pin && map && pin.x > map.x && pin.y > map.y && pin.y < map.y + map.height).toBe(true);
    await done();
  });

  it('has a pin for the search origin that keys and dragging move; distances follow, the map stays', async () => {
    const { page, done } = await visit('/?q=tacos');
    await ready(page);
    await page.getByRole('button', { name: text.pinButton }).click();
    await page.getByText(text.fromPin, { exact: true }).waitFor();
    const at = () => `${params(page).get('lat')},${params(page).get('lon')}`;
    const first = at();
    const pin = page.getByRole('button', { name: text.pin });
    await pin.focus();
    await page.keyboard.press('Shift+ArrowUp');
    await expect.poll(at).not.toBe(first);
    const second = at();
    const middle = await pin.boundingBox();
    await page.mouse.move((middle?.x ?? 0) + 13, (middle?.y ?? 0) + 13);
    await page.mouse.down();
    await page.mouse.move((middle?.x ?? 0) + 90, (middle?.y ?? 0) + 60, { steps: 5 });
    await page.mouse.up();
    await expect.poll(at).not.toBe(second);
    const [lat, lon] = at().split(',');
    const answer = await api(`?q=tacos&lat=${lat}&lon=${lon}&sort=distance`);
    await expect
      .poll(() => page.locator('.row-head .distance').allTextContents())
      .toEqual(answer.trucks.map(({ distance_m }) => text.distance(distance_m ?? -1)));
    expect(await areaButton(page).isVisible()).toBe(false);
    await done();
  });

  it('opens clusters by keyboard, and moves the focus to their markers', async () => {
    const { page, done } = await visit('/?status=any');
    const total = (await api('?status=any')).locations;
    await page.locator('.cluster').first().waitFor();
    const counts = (await page.locator('.cluster').allTextContents()).map(Number);
    expect(counts.reduce((sum, one) => sum + one, 0) + (await page.locator('[data-spot]').count())).toBe(total);
    for (let step = 0; step < 8 && (await page.locator('[data-spot]:focus').count()) === 0; step++) {
      const cluster =
        (await page.locator('.cluster:focus').count()) > 0
          ? page.locator('.cluster:focus')
          : page.locator('.cluster').first();
      expect(await cluster.getAttribute('aria-label')).toContain(text.locations(Number(await cluster.textContent())));
      await cluster.focus();
      await page.keyboard.press('Enter');
      await expect
        .poll(() => page.evaluate("document.activeElement?.matches('[data-spot], [data-cluster]')"))
        .toBe(true);
    }
    expect(await page.locator('[data-spot]:focus').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate("document.activeElement?.matches('[data-spot]')")).toBe(true);
    await done();
  });
});
