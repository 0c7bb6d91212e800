import { describe, expect, it } from 'vitest';
import { fixture, noBrowser } from '../browser.ts';
import { openControl } from '../controls.ts';
import { english } from '../english.ts';
import { samplePermits, startWithTables } from '../invented-tables.ts';
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

  it('the sample’s invented permits do not end', async () => {
    const { page, done } = await visit('/?q=tacos');
    const { trucks, meta } = await api('?q=tacos');
    const ends = trucks.flatMap(({ branches }) => branches.map(({ expires }) => expires ?? '9999'));
    expect(ends.filter((day) => day < meta.now.slice(0, 10))).not.toEqual([]);
    expect(await rows(page).count()).toBe(trucks.length);
    expect(await page.locator('.permit').count()).toBe(0);
    await done();
  });
});

describe.skipIf(noBrowser)('the page of a city that publishes no hours, and whose permits have ended', () => {
  const shared = fixture(() =>
    startWithTables({ permits: samplePermits({ dayshours: '', ExpirationDate: '11/15/2024 12:00:00 AM' }) }),
  );
  const { api, visit } = shared;

  it('does not offer the chip "open now"', async () => {
    const { page, done } = await visit('/');
    const { trucks } = await api('?status=approved');
    expect(new Set(trucks.flatMap(({ branches }) => branches.map((one) => one.hours_source)))).toEqual(
      new Set(['none']),
    );
    await rows(page).first().waitFor();
    expect(await page.locator('[data-control=when]').count()).toBe(1);
    expect(await page.getByRole('button', { name: text.timeOptions.now }).count()).toBe(0);
    await done();
  });

  it('says in the row and in the detail that a permit has ended', async () => {
    const { page, done } = await visit('/?q=tacos');
    const row = rows(page).first();
    await row.locator('.permit').getByText(text.permitEnded('Nov 2024')).waitFor();
    await row.locator('.branch').first().click();
    await page.locator('.detail-state').getByText(text.permitEndedIn('November 2024', true)).waitFor();
    await done();
  });
});
