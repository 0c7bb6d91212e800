import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';

describe.skipIf(noBrowser)('the layout', () => {
  const shared = fixture();

  it('lets every marker of a shared intersection be pressed', async () => {
    const all = (await shared.api('?status=any')).trucks.flatMap(({ branches }) => branches);
    const atSamePoint = (one: (typeof all)[number]) => all.filter(({ lat, lon }) => lat === one.lat && lon === one.lon);
    const sharing = all.map(atSamePoint).sort((a, b) => b.length - a.length)[0] ?? [];
    expect(sharing.length).toBeGreaterThan(1);
    const { lat, lon } = sharing[0] ?? { lat: 0, lon: 0 };
    const box = [lon - 1e-5, lat - 1e-5, lon + 1e-5, lat + 1e-5].join();
    const { page, done } = await shared.visit(`/?status=any&bbox=${box}`);
    await expect.poll(() => page.locator('[data-spot]').count()).toBe(sharing.length);
    for (const { id } of sharing) await page.locator(`[data-spot="${id}"]`).click({ trial: true });
    await done();
  });

  it.each([
    [320, 640],
    [320, 256],
    [640, 400],
    [844, 390],
    [768, 1024],
  ])('does not scroll sideways at %d x %d, and every control can be pressed', async (width, height) => {
    const { page, done } = await shared.visit('/?q=tacos&lat=37.7893&lon=-122.4009&radius=9000', {
      viewport: { width, height },
    });
    await page.locator('.row').first().waitFor();
    for (const part of ['html', '#pane', '#top', '#chips']) {
      const over = await page.locator(part).evaluate((node) => node.scrollWidth - node.clientWidth);
      expect([part, over]).toEqual([part, 0]);
    }
    for (const button of await page
      .locator('#top button, #chips button, #results button, .leaflet-control-zoom a')
      .all()) {
      await button.click({ trial: true });
    }
    await openControl(page, 'more');
    for (const control of await page.locator('.sheet button, .sheet input').all()) await control.click({ trial: true });
    await closeControl(page);
    await done();
  });

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('fits a screen %s wide, with targets 44 pixels high (screenshots: test/output)', async (width, screen) => {
    for (const [name, path, colorScheme] of [
      ['home', '/', 'light'],
      ['tacos', '/?q=tacos', 'light'],
      ['dark', '/?q=coffee&lat=37.7893&lon=-122.4009&sort=distance', 'dark'],
      ['lunch', '/?open_at=thu12:00', 'light'],
      ['night', '/?q=tacos&open_at=mon04:00&hours=known', 'dark'],
      ['empty', '/?q=zzzunheardof', 'light'],
    ] as const) {
      const { page, done } = await shared.visit(path, { ...screen, colorScheme });
      await page.locator('.row, .state').first().waitFor();
      await page.locator('path.outline').first().waitFor();
      await page.screenshot({ path: `test/output/page-${name}-${width}.png` });
      if (name === 'lunch') {
        await openControl(page, 'when');
        await page.screenshot({ path: `test/output/page-when-${width}.png` });
        await closeControl(page);
      }
      if (name === 'tacos') {
        await page.locator('.branch').first().click();
        const [layout, detail] = [page.locator('#layout'), page.getByRole('dialog')];
        await expect
          .poll(async () => {
            const [outer, inner] = [await layout.boundingBox(), await detail.boundingBox()];
            return (
              outer &&
              inner &&
              inner.x >= outer.x &&
              inner.y >= outer.y &&
              inner.x + inner.width <= outer.x + outer.width
            );
          })
          .toBe(true);
        // The sheet slides in.
        await page.evaluate('Promise.all(document.getAnimations().map(({ finished }) => finished))');
        await page.screenshot({ path: `test/output/page-detail-${width}.png` });
      }
      expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBeLessThanOrEqual(0);
      const small = await page
        .locator(
          '#top button, #top input, #chips button, #results button, #results a, #results select, .leaflet-control-zoom a, #detail a, #detail button:not(.grip)',
        )
        .evaluateAll((all) =>
          all.filter((one) => one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML.slice(0, 80)),
        );
      expect(small).toEqual([]);
      await done();
    }
  });
});
