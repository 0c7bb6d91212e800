import { describe, expect, it } from 'vitest';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the bottom sheet', () => {
  const shared = fixture();

  it('has three stops on a phone, by press, key and dragging; the detail covers it, and it comes back', async () => {
    const { page, done } = await shared.visit('/?q=tacos', { ...PHONE, reducedMotion: 'reduce' });
    await page.locator('.row[data-vendor]').first().waitFor();
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
    // Until the sheet is drawn at its stop, the finger would touch the map.
    await expect.poll(top).toBe(half);
    await drag(half + 200, 180);
    await expect.poll(stop).toBe('full');
    await expect.poll(top).toBeLessThan(half - 200);
    // Far enough to leave the stop on a slow machine: a short pull leaves it only if it is quick.
    await drag(300, 640);
    await expect.poll(stop).not.toBe('full');
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await pane.getAttribute('inert')).toBe('');
    const before = await stop();
    await page.getByRole('button', { name: text.close, exact: true }).click();
    expect([await stop(), await pane.getAttribute('inert')]).toEqual([before, null]);
    await done();
  });
});
