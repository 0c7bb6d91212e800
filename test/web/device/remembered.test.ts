import { describe, expect, it } from 'vitest';
import { fixture, noBrowser } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the device remembers', () => {
  const shared = fixture();
  const { visit } = shared;

  it('the language that was chosen; a link that names another one is followed, but not remembered', async () => {
    const { page, done } = await visit('/?q=tacos');
    const language = () => page.locator('html').getAttribute('lang');
    await page.getByRole('link', { name: 'Español' }).click();
    await page.waitForURL(/lang=es/);
    for (const [path, tag] of [
      ['/', 'es'],
      ['/?lang=ru', 'ru'],
      ['/?q=tacos', 'es'],
      ['/?lang=en', 'en'],
    ] as const) {
      await page.goto(`${shared.url}${path}`);
      await page.locator('path.outline').first().waitFor();
      expect([path, await language()]).toEqual([path, tag]);
    }
    await done();
  });

  it('whether the map searches as it moves', async () => {
    const { page, done } = await visit('/?q=tacos');
    const box = page.getByRole('checkbox', { name: text.searchOnMove });
    await openControl(page, 'more');
    for (const on of [true, false]) {
      await box.setChecked(on);
      await page.reload();
      await page.locator('.row[data-vendor]').first().waitFor();
      await openControl(page, 'more');
      expect(await box.isChecked()).toBe(on);
    }
    await done();
  });

  it('the units of distances, in the rows, the radii, the chips and the vendor', async () => {
    const { page, done } = await visit('/?q=tacos&lat=37.7893&lon=-122.4009&radius=2000');
    const units = async () => {
      const distances = page.locator('.row .distance');
      await distances.first().waitFor();
      const texts = [
        ...(await distances.allTextContents()),
        ...(await page.locator('.within option').allTextContents()).slice(1),
        ...(await page.locator('.chip').filter({ hasText: 'Within' }).allTextContents()),
        (await page.locator('.summary').textContent()) ?? '',
      ];
      return [...new Set(texts.map((one) => /\d\s(ft|mi|m|km)\b/.exec(one)?.[1] ?? one))].sort();
    };
    await openControl(page, 'more');
    expect((await units()).filter((one) => !/^(ft|mi)$/.test(one))).toEqual([]);
    await page.getByRole('radio', { name: 'Kilometers' }).check({ force: true });
    expect((await units()).filter((one) => !/^k?m$/.test(one))).toEqual([]);
    await closeControl(page);
    await page.locator('.branch').first().click();
    expect(await page.getByRole('dialog').locator('.distance').textContent()).toMatch(/ k?m$/);
    await page.reload();
    await page.locator('.row[data-vendor]').first().waitFor();
    await openControl(page, 'more');
    expect((await units()).filter((one) => !/^k?m$/.test(one))).toEqual([]);
    await page.getByRole('radio', { name: 'Miles' }).check({ force: true });
    expect((await units()).filter((one) => !/^(ft|mi)$/.test(one))).toEqual([]);
    await done();
  });

  it('nothing where the browser refuses, and the page works', async () => {
    const { page, done } = await visit('/');
    await page.addInitScript(
      "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('No', 'SecurityError'); } });",
    );
    await page.goto(`${shared.url}/?q=tacos`);
    await openControl(page, 'more');
    await page.getByRole('checkbox', { name: text.searchOnMove }).check();
    await closeControl(page);
    await page.getByRole('link', { name: 'Español' }).click();
    await page.locator('html[lang=es] .row[data-vendor]').first().waitFor();
    await done();
  });
});
