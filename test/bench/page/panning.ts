import type { Page } from 'playwright-core';

/** Alternately in both directions, so that the map ends where it began. */
const DRAGS = 6;
const STEPS = 30;
const REACH = { x: 320, y: 180 };

/** Drags the map with the mouse and counts the frames that the browser draws. @returns frames per second */
export async function framesWhilePanning(page: Page): Promise<number> {
  const box = await page.locator('#map').boundingBox();
  if (!box) throw new Error('the map is not drawn');
  // Away from the controls. Dragging a marker moves the map, too.
  const [x, y] = [box.x + box.width * 0.5, box.y + box.height * 0.55];
  await page.evaluate(`window.frames_ = 0; window.counting = true; window.from_ = performance.now();
    (function count() { if (window.counting) { window.frames_ += 1; requestAnimationFrame(count); } })()`);
  for (let drag = 0; drag < DRAGS; drag++) {
    const side = drag % 2 === 0 ? 1 : -1;
    await page.mouse.move(x - (side * REACH.x) / 2, y - (side * REACH.y) / 2);
    await page.mouse.down();
    for (let step = 1; step <= STEPS; step++) {
      const part = step / STEPS - 0.5;
      await page.mouse.move(x + side * REACH.x * part, y + side * REACH.y * part);
    }
    await page.mouse.up();
  }
  return (await page.evaluate(
    'window.counting = false; window.frames_ * 1000 / (performance.now() - window.from_)',
  )) as number;
}
