import { describe, expect, it } from 'vitest';
import { fixture, noBrowser } from '../browser.ts';
import { openControl } from '../controls.ts';
import { english } from '../english.ts';
import { attributes, foundText, markers, rows, summary } from '../page-parts.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the page without a query', () => {
  const shared = fixture();
  const { api, visit } = shared;

  it('starts with all approved vendors in the list and on the map, and says that the data is a sample', async () => {
    const { page, done } = await visit('/');
    const all = await api('?status=approved');
    await expect.poll(() => summary(page).textContent()).toBe(foundText(all));
    expect(await attributes(page, '.row[data-vendor]', 'data-vendor')).toEqual(
      all.trucks.map(({ id }) => id).slice(0, 50),
    );
    await page.getByText(text.sample).first().waitFor();
    const clusters = (await page.locator('.cluster').allTextContents()).map(Number);
    expect(clusters.reduce((sum, one) => sum + one, await markers(page).count())).toBe(all.locations);
    expect(new URL(page.url()).search).toBe('');
    await done();
  });

  it('the numbers agree: on the chip "open now", above the list, on the sheet’s button and in the list', async () => {
    const { page, done } = await visit('/');
    const { trucks } = await api('?open_now=true&strict=true');
    const open = trucks.filter((truck) => truck.branches.some((branch) => branch.open.state === 'open')).length;
    const chip = page.getByRole('button', { name: text.timeOptions.now });
    await expect
      .poll(() => chip.textContent())
      .toBe(open > 0 ? `${text.timeOptions.now} ${open}` : text.timeOptions.now);
    if (trucks.length > 0) {
      await chip.click();
      await expect
        .poll(() => summary(page).textContent())
        .toBe(text.openSummary(text.timeOptions.now, open, trucks.length - open));
      expect(await rows(page).count()).toBe(trucks.length);
      expect(await page.locator('.row .badge.is-open, .row .badge.is-unknown').count()).toBe(trucks.length);
      await openControl(page, 'when');
      expect(await page.locator('.sheet-foot .button').textContent()).toBe(text.showResults(trucks.length));
    }
    await done();
  });

  it('the chip "open now" is not offered where no hours are known', async () => {
    const { page, done } = await visit('/');
    const answer = await api('?status=approved');
    for (const branch of answer.trucks.flatMap(({ branches }) => branches)) {
      branch.week = [];
      branch.hours_source = 'none';
    }
    await page.route('**/search?*', (route) => route.fulfill({ json: answer }));
    await page.goto(shared.url);
    await rows(page).first().waitFor();
    expect(await page.locator('[data-control=when]').count()).toBe(1);
    expect(await page.getByRole('button', { name: text.timeOptions.now }).count()).toBe(0);
    await done();
  });

  it('a permit that has ended says so in the row and in the detail; the sample’s invented permits do not end', async () => {
    const answer = await api('?q=tacos');
    const [truck] = answer.trucks;
    for (const branch of truck?.branches ?? []) branch.expires = '2024-11-15';
    const { page, done } = await visit('/');
    await page.route('**/search?*', (route) => route.fulfill({ json: answer }));
    await page.goto(`${shared.url}/?q=tacos`);
    await rows(page).first().waitFor();
    const ended = text.permitEnded('Nov 2024');
    expect(await page.getByText(ended).count()).toBe(0);
    answer.meta.origin = 'live';
    await page.goto(`${shared.url}/?q=tacos&sort=name`);
    await page.locator(`[data-vendor="${truck?.id}"] .permit`).getByText(ended).waitFor();
    await page.locator(`[data-vendor="${truck?.id}"] .branch`).click();
    await page.locator('.detail-state').getByText(text.permitEndedIn('November 2024', true)).waitFor();
    await done();
  });
});
