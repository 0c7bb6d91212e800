import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('moving the map', () => {
  const shared = fixture();
  const { api } = shared;
  const visit = (path: string, options: BrowserContextOptions = DESKTOP) =>
    shared.visit(path, { reducedMotion: 'reduce', ...options });
  const params = (page: Page) => new URL(page.url()).searchParams;
  const area = (page: Page) => page.getByRole('button', { name: text.searchHere });
  const ready = (page: Page) => page.locator('.row[data-vendor]').first().waitFor();
  /** Where every pin stands on the screen. */
  const places = (page: Page) =>
    page
      .locator('[data-spot]')
      .evaluateAll((all) =>
        all.map((one) => [one.getAttribute('data-spot'), Math.round(one.getBoundingClientRect().x)]),
      );
  async function closer(page: Page): Promise<void> {
    await page.getByRole('button', { name: text.zoomIn }).click();
    await area(page).waitFor();
  }

  it('the program’s own moves never offer to search an area, and never become a filter', async () => {
    const { page, done } = await visit('/?q=tacos');
    await ready(page);
    expect(await area(page).isVisible()).toBe(false);
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 1000, height: 700 });
    await page.locator('#q').fill('coffee');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('.summary').textContent())
      .toBe(text.found((await api('?q=coffee')).hits, (await api('?q=coffee')).locations));
    expect(await area(page).isVisible()).toBe(false);
    expect([...params(page).keys()]).toEqual(['q']);
    await done();
  });

  it('a person’s move offers it; pressing it narrows to what is seen and does not move the map; the link shows the same', async () => {
    const { page, done } = await visit('/?q=tacos');
    await ready(page);
    await closer(page);
    await expect.poll(() => params(page).get('map')).not.toBeNull();
    const look = params(page).get('map');
    const before = new Map((await places(page)).map(([id, x]) => [id, x]));
    await area(page).click();
    await expect.poll(() => params(page).get('bbox')).not.toBeNull();
    const answer = await api(`?q=tacos&bbox=${params(page).get('bbox')}&strict=true`);
    expect(answer.hits).toBeGreaterThan(0);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(answer.hits, answer.locations));
    expect(await area(page).isVisible()).toBe(false);
    expect(params(page).get('map')).toBe(look);
    for (const [id, x] of await places(page)) expect([id, before.get(id ?? '')]).toEqual([id, x]);
    const again = await visit(new URL(page.url()).search ? `/${new URL(page.url()).search}` : '/');
    await ready(again.page);
    expect(new Map((await places(again.page)).map(([id, x]) => [id, x]))).toEqual(
      new Map((await places(page)).map(([id, x]) => [id, x])),
    );
    await again.done();
    await page.getByRole('button', { name: text.remove(text.boxFilter) }).click();
    await expect.poll(() => params(page).get('bbox')).toBeNull();
    await done();
  });

  it('searches as the map moves when that is wanted: one step of the history, and the map stays where it was moved to', async () => {
    const { page, done } = await visit('/?q=coffee');
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.locator('.filters summary').click();
    await page.getByRole('checkbox', { name: text.searchOnMove }).check();
    expect(new URL(page.url()).search).toBe('?q=coffee');
    const boxes = new Set<string>();
    for (const key of ['+', '+', 'ArrowRight']) {
      await page.locator('#map').focus();
      await page.keyboard.press(key);
      await expect.poll(() => new URL(page.url()).searchParams.get('bbox') ?? '').not.toBe([...boxes].at(-1) ?? '');
      boxes.add(new URL(page.url()).searchParams.get('bbox') ?? '');
    }
    expect(boxes.size).toBe(3);
    expect(await area(page).isVisible()).toBe(false);
    const theirs = await api(`?q=coffee&bbox=${[...boxes].at(-1)}&strict=true`);
    await expect.poll(() => page.locator('.row[data-vendor]').count()).toBe(theirs.hits);
    await page.goBack();
    await expect.poll(() => new URL(page.url()).searchParams.get('bbox')).toBe(null);
    await done();
  });

  it('a search does not move the map from where a person looks at some of it', async () => {
    const { page, done } = await visit('/?q=tacos');
    await ready(page);
    await closer(page);
    await expect.poll(() => params(page).get('map')).not.toBeNull();
    const look = params(page).get('map');
    await page.getByRole('radio', { name: text.timeOptions.at }).check();
    await page.getByRole('slider').press('ArrowRight');
    await page.locator('.filters summary').click();
    await page.getByRole('checkbox', { name: text.anyStatus }).check();
    await ready(page);
    await expect.poll(() => params(page).get('map')).toBe(look);
    await done();
  });

  it('near me wins over a part of the map that was searched', async () => {
    const here = { latitude: 37.7893, longitude: -122.4009 };
    const { page, done } = await visit('/?q=tacos', { ...DESKTOP, permissions: ['geolocation'], geolocation: here });
    await ready(page);
    await closer(page);
    await area(page).click();
    await expect.poll(() => params(page).get('bbox')).not.toBeNull();
    await page.getByRole('button', { name: text.nearMe }).click();
    await page.getByText(text.fromHere, { exact: true }).waitFor();
    expect(params(page).get('bbox')).toBeNull();
    expect(params(page).get('map')).toBeNull();
    const [pin, map] = [await page.locator('.origin').boundingBox(), await page.locator('#map').boundingBox()];
    expect(pin && map && pin.x > map.x && pin.y > map.y && pin.y < map.y + map.height).toBe(true);
    await done();
  });

  it('a pin to measure from is set, moved by keys and dragged; distances follow, the map does not', async () => {
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
    expect(await area(page).isVisible()).toBe(false);
    await done();
  });

  it('clusters open by keyboard, and lead the focus to what they stood for', async () => {
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
      expect(await cluster.getAttribute('aria-label')).toBe(text.cluster(Number(await cluster.textContent())));
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

  it('nothing slides or fades for who asked for less motion', async () => {
    const { page, done } = await visit('/?q=tacos', PHONE);
    await ready(page);
    const moving = await page.evaluate(`[...document.querySelectorAll('*')].flatMap((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return /[1-9]/.test(transitionDuration) || animationName !== 'none' ? [one.tagName + '.' + one.className] : [];
    })`);
    expect(moving).toEqual([]);
    await done();
  });

  it('the list is a sheet with three stops on a phone: by press, by key, by dragging', async () => {
    const { page, done } = await visit('/?q=tacos', PHONE);
    await ready(page);
    const pane = page.locator('#pane');
    const grip = page.locator('#grip');
    const stop = () => pane.getAttribute('data-stop');
    const top = async () => Math.round((await pane.boundingBox())?.y ?? 0);
    expect(await stop()).toBe('half');
    const half = await top();
    await grip.tap();
    expect(await stop()).toBe('full');
    await expect.poll(top).toBeLessThan(half - 200);
    await grip.tap();
    expect(await stop()).toBe('peek');
    await expect.poll(top).toBeGreaterThan(half + 200);
    expect(await page.locator('.summary').isVisible()).toBe(true);
    await grip.focus();
    await page.keyboard.press('ArrowUp');
    expect(await stop()).toBe('half');
    expect(await grip.getAttribute('aria-label')).toBe(`${text.sheetGrip}: ${text.sheet.half}`);
    const touch = await page.context().newCDPSession(page);
    const drag = async (from: number, to: number) => {
      const point = (y: number) => [{ x: 195, y }];
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: point(from) });
      for (let step = 1; step <= 6; step++)
        await touch.send('Input.dispatchTouchEvent', {
          type: 'touchMove',
          touchPoints: point(from + ((to - from) * step) / 6),
        });
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    // A finger put down before the sheet is drawn where it goes would move the map.
    await expect.poll(top).toBe(half);
    await drag(half + 200, 180);
    await expect.poll(stop).toBe('full');
    await expect.poll(top).toBeLessThan(half - 200);
    // Far enough to leave the stop however slowly it is drawn: a short pull is one only when it is quick.
    await drag(300, 640);
    await expect.poll(stop).not.toBe('full');
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await stop()).toBe('peek');
    await page.getByRole('button', { name: text.close, exact: true }).click();
    await expect.poll(stop).not.toBe('peek');
    await done();
  });
});
