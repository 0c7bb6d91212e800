import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { HOSTILE_VENDORS, hostileCsv } from '../hostile-data.ts';
import { startWithTables } from '../invented-tables.ts';

describe.skipIf(noBrowser)('the page on hostile data', () => {
  const shared = fixture(() => startWithTables({ permits: hostileCsv() }));

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('shows every text as text, runs none of it, and fits a screen %s wide', async (width, screen) => {
    const { page, done } = await shared.visit('/', screen);
    const dialogs: string[] = [];
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await page.goto(`${shared.url}/?q=noodles`);
    await expect.poll(() => page.locator('.row[data-vendor]').count()).toBe(HOSTILE_VENDORS.length);
    expect(await page.locator('.row h3').allTextContents()).toContain(HOSTILE_VENDORS[0]?.name);
    for (const unfold of await page.locator('.items button').all()) await unfold.click();
    for (let index = 0; index < HOSTILE_VENDORS.length; index++) {
      await page.locator('.branch').nth(index).click();
      const detail = page.getByRole('dialog');
      await detail.waitFor();
      const links = await detail
        .getByRole('link')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      expect(links.filter((href) => !/^(https?|geo):/.test(href))).toEqual([]);
      await page.screenshot({ path: `test/output/hostile-${index}-${width}.png` });
      await page.keyboard.press('Escape');
      await detail.waitFor({ state: 'detached' });
    }
    expect(
      await page.locator('.row img, .row script, .row b, .row i, #detail img, .leaflet-marker-pane img').count(),
    ).toBe(0);
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    expect(await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)).toBeLessThanOrEqual(0);
    expect(await page.locator('#pane').evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBeLessThanOrEqual(0);
    expect(dialogs).toEqual([]);
    await done();
  });

  it.each([`noodles ${'q'.repeat(90)}`, 'q'.repeat(100)])(
    'a search for %s does not overflow the list',
    async (words) => {
      const { page, done } = await shared.visit(`/?q=${encodeURIComponent(words)}`, PHONE);
      await page.locator('.is-relaxed, .state').filter({ hasText: 'qqqqqqqqqq' }).first().waitFor();
      expect(await page.locator('#pane').evaluate((pane) => pane.scrollWidth - pane.clientWidth)).toBeLessThanOrEqual(
        0,
      );
      // Lines of a row are cut with an ellipsis; all other text wraps.
      for (const shown of await page.locator('#results p:not(.unseen, .items), #results .state h3').all())
        expect(await shown.evaluate((one) => one.scrollWidth - one.clientWidth)).toBeLessThanOrEqual(0);
      await done();
    },
  );

  it('only links to http and https, whatever an answer contains', async () => {
    const answer = await shared.api('?q=noodles');
    for (const branch of answer.trucks.flatMap(({ branches }) => branches))
      branch.schedule = 'javascript:window.hacked=1';
    const { page, complaints } = await shared.open();
    await page.route('**/search?*', (route) => route.fulfill({ json: answer }));
    await page.goto(`${shared.url}/?q=noodles`);
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    const links = await page.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(2);
    expect(links.filter((href) => !/^https?:$/.test(new URL(href, page.url()).protocol))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows a hostile search and a hostile link as text', async () => {
    const { page, done } = await shared.visit(`/?q=${encodeURIComponent('"><svg onload=window.hacked=1>')}`);
    await page.locator('.is-relaxed, .state').getByText('"><svg onload=window.hacked=1>').first().waitFor();
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    await page.goto(
      `${shared.url}/?q=noodles&place=${encodeURIComponent('"]</script><script>window.hacked=1</script>')}`,
    );
    await expect.poll(() => page.locator('.row[data-vendor]').count()).toBe(HOSTILE_VENDORS.length);
    expect(await page.evaluate('typeof window.hacked')).toBe('undefined');
    await done();
  });
});
