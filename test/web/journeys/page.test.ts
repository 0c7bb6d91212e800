import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { momentAt } from '../../../functions/model/hours/clock.ts';
import { minutesToOpen } from '../../../functions/model/hours/open-state.ts';
import { DESKTOP, fixture, noBrowser } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';
import { attributes, foundText, markers, rows, summary } from '../page-parts.ts';

const text = english('en-US');

/** The branch that opens next, after those that do not say when. */
function nextToOpen(branches: SearchResponse['trucks'][number]['branches']) {
  const { minute } = momentAt(Date.now(), 'America/Los_Angeles');
  const wait = ({ week }: (typeof branches)[number]) => minutesToOpen(week, minute) ?? Number.MAX_SAFE_INTEGER;
  return [...branches].sort((a, b) => wait(a) - wait(b))[0];
}

describe.skipIf(noBrowser)('the page', () => {
  const shared = fixture();

  const { api, visit } = shared;

  it('finds the same as the API while the user types; list and markers agree', async () => {
    const { page, done } = await visit('/');
    const tacos = await api('?q=tacos');
    expect(tacos.hits).toBeGreaterThan(1);
    await page.getByRole('combobox', { name: text.searchLabel }).pressSequentially('tacos', { delay: 30 });
    await expect.poll(() => summary(page).textContent()).toBe(foundText(tacos));
    expect(await attributes(page, '.row[data-vendor]', 'data-vendor')).toEqual(tacos.trucks.map(({ id }) => id));
    const branches = tacos.trucks.flatMap((truck) => truck.branches.map(({ id }) => id));
    expect((await attributes(page, '[data-spot]', 'data-spot')).sort()).toEqual(branches.sort());
    expect(await page.title()).toContain('tacos');
    await expect.poll(() => new URL(page.url()).search).toBe('?q=tacos');
    for (const [index, truck] of tacos.trucks.entries()) {
      const row = rows(page).nth(index);
      expect(await row.getByRole('heading').textContent()).toBe(truck.name);
      const shown = truck.branches.find((branch) => branch.open.state === 'open') ?? nextToOpen(truck.branches);
      expect(await row.locator('.branch').getAttribute('data-branch')).toBe(shown?.id);
      expect(await row.locator('.branch .address').textContent()).toBe(text.street(shown?.address ?? ''));
    }
    await done();
  });

  it.each(['hover', 'focus'] as const)('%s on a row highlights its markers, and on a marker its row', async (way) => {
    const { page, done } = await visit('/?q=tacos');
    const truck = (await api('?q=tacos')).trucks.find(({ branches }) => branches.length > 1);
    if (!truck) throw new Error('the sample has no taco vendor with two locations');
    const row = page.locator(`[data-vendor="${truck.id}"]`);
    const first = (truck.branches.find(({ open }) => open.state === 'open') ?? nextToOpen(truck.branches))?.id ?? '';
    await (way === 'hover' ? row.getByRole('heading').hover() : row.locator('.branch').first().focus());
    await expect
      .poll(async () => (await attributes(page, '[data-spot].is-lit', 'data-spot')).sort())
      .toEqual(truck.branches.map(({ id }) => id).sort());
    if (way === 'focus') expect(await attributes(page, '[data-spot].is-key', 'data-spot')).toEqual([first]);

    const last = (await api('?q=tacos')).trucks.at(-1);
    const pin = page.locator(`[data-spot="${last?.branches[0]?.id}"]`);
    const scrolled = () => page.locator('#pane').evaluate((pane) => pane.scrollTop);
    const before = await scrolled();
    await (way === 'hover' ? pin.hover({ force: true }) : pin.focus());
    await expect.poll(() => attributes(page, '.row.is-lit', 'data-vendor')).toEqual([last?.id]);
    expect(await scrolled()).toBe(before);

    // Only a press scrolls the list to the row.
    await (way === 'hover' ? pin.click() : page.keyboard.press('Enter'));
    await page.getByRole('dialog', { name: last?.name ?? '' }).waitFor();
    const inView = async () => {
      const pane = await page.locator('#pane').boundingBox();
      const shown = await page.locator(`.row[data-vendor="${last?.id}"]`).boundingBox();
      return shown && pane && shown.y >= pane.y && shown.y + shown.height <= pane.y + pane.height;
    };
    await expect.poll(inView).toBe(true);
    await done();
  });

  it('opens a complete detail from the list, and returns the focus', async () => {
    const { page, done } = await visit('/?q=tacos');
    const truck = (await api('?q=tacos')).trucks[0];
    const branch = truck?.branches.find(({ open }) => open.state === 'open') ?? nextToOpen(truck?.branches ?? []);
    if (!truck || !branch) throw new Error('the sample has no tacos');
    const button = page.locator(`[data-branch="${branch.id}"]`);
    await button.focus();
    await page.keyboard.press('Enter');
    const detail = page.getByRole('dialog', { name: truck.name });
    await detail.waitFor();
    const said = await detail.textContent();
    for (const part of [text.permitted, ...text.hours(branch.week), text.street(branch.address), ...truck.items]) {
      expect(said).toContain(part);
    }
    const ways = await detail.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(ways.some((href) => decodeURIComponent(href ?? '').endsWith(`to=${branch.lat},${branch.lon}`))).toBe(true);
    expect(ways).toContain(branch.schedule);
    expect(await detail.evaluate((node) => node.contains(node.ownerDocument.activeElement))).toBe(true);
    await expect.poll(() => new URL(page.url()).searchParams.get('place')).toBe(branch.id);
    await page.keyboard.press('Escape');
    await detail.waitFor({ state: 'detached' });
    expect(await button.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
    await expect.poll(() => new URL(page.url()).searchParams.get('place')).toBeNull();
    await done();
  });

  it('opens the detail from a marker with the keyboard; Escape returns to the marker', async () => {
    const { page, done } = await visit('/?q=tacos');
    const truck = (await api('?q=tacos')).trucks.at(-1);
    const pin = page.locator(`[data-spot="${truck?.branches[0]?.id}"]`);
    await pin.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: truck?.name ?? '' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => pin.evaluate((node) => node === node.ownerDocument.activeElement)).toBe(true);
    await done();
  });

  it('a link restores the search, the permit status and the detail', async () => {
    const answer = await api('?q=tacos&status=any');
    const branch = answer.trucks[1]?.branches[0];
    const { page, done } = await visit(`/?q=tacos&status=any&place=${branch?.id}`);
    await page.getByRole('dialog', { name: answer.trucks[1]?.name ?? '' }).waitFor();
    expect(await summary(page).textContent()).toBe(foundText(answer));
    expect(await page.getByRole('combobox', { name: text.searchLabel }).inputValue()).toBe('tacos');
    await page.keyboard.press('Escape');
    await openControl(page, 'more');
    expect(await page.getByLabel(text.anyStatus).isChecked()).toBe(true);
    await done();
  });

  it('goes back and forward through the searches', async () => {
    const { page, done } = await visit('/');
    const box = page.getByRole('combobox', { name: text.searchLabel });
    const [tacos, coffee] = [await api('?q=tacos'), await api('?q=coffee')];
    await box.fill('tacos');
    await page.keyboard.press('Enter');
    await expect.poll(() => summary(page).textContent()).toBe(foundText(tacos));
    await box.fill('');
    await box.pressSequentially('coffee', { delay: 20 });
    await expect.poll(() => summary(page).textContent()).toBe(foundText(coffee));
    await expect.poll(() => page.url()).toContain('q=coffee');
    await page.goBack();
    await expect.poll(() => summary(page).textContent()).toBe(foundText(tacos));
    expect(await box.inputValue()).toBe('tacos');
    await page.goBack();
    const home = foundText(await api('?status=approved'));
    await expect.poll(() => summary(page).textContent()).toBe(home);
    await page.goForward();
    await page.goForward();
    await expect.poll(() => summary(page).textContent()).toBe(foundText(coffee));
    await done();
  });

  it('expands long menus and further locations', async () => {
    const { page, done } = await visit('/?status=any');
    const answer = await api('?status=any');
    const long = answer.trucks.find(({ items }) => items.length > 4);
    if (!long) throw new Error('the sample has no long menu');
    const items = page.locator(`[data-vendor="${long.id}"] .items`);
    await page.locator(`[data-vendor="${long.id}"]`).getByRole('button', { name: text.moreItems }).click();
    expect(await items.textContent()).toContain(long.items.join(' · '));
    const wide = answer.trucks.find(({ branches }) => branches.length > 2);
    const row = page.locator(`[data-vendor="${wide?.id}"]`);
    await row.getByRole('button', { name: text.moreBranches((wide?.branches.length ?? 0) - 1) }).click();
    expect(await row.locator('.branch').count()).toBe(wide?.branches.length);
    await done();
  });

  it('includes permits of any status on request, and marks them', async () => {
    const { page, done } = await visit('/?q=mexican');
    await openControl(page, 'more');
    await page.getByRole('checkbox', { name: text.anyStatus }).check();
    await closeControl(page);
    const any = await api('?q=mexican&status=any');
    await expect.poll(() => summary(page).textContent()).toBe(foundText(any));
    const others = any.trucks.flatMap(({ branches }) => branches.filter(({ status }) => status !== 'approved'));
    expect(others.length).toBeGreaterThan(0);
    expect(await page.locator('.pin.is-unapproved').count()).toBe(others.length);
    await done();
  });

  it('nothing found: it says so and offers other searches', async () => {
    const { page, done } = await visit('/?q=zzzunheardof');
    await page.getByRole('heading', { name: text.emptyHeading('zzzunheardof') }).waitFor();
    expect(await markers(page).count()).toBe(0);
    await page.getByRole('link', { name: text.searchAnyStatus }).click();
    await expect.poll(() => new URL(page.url()).search).toBe('?q=zzzunheardof&status=any');
    const [kind] = (await api('?status=approved&facets=category')).facets.category ?? [];
    await page.getByRole('link', { name: text.category(kind?.value ?? ''), exact: true }).click();
    await expect.poll(() => rows(page).count()).toBe(kind?.count);
    await done();
  });

  it('says which condition was relaxed', async () => {
    const { page, done } = await visit('/?q=tacoz');
    await page.getByText(text.relaxed('q', 'tacoz', 'tacos')).waitFor();
    await expect.poll(() => rows(page).count()).toBe((await api('?q=tacos')).hits);
    await done();
  });

  it('near me, on press only: nearest first, in miles; a denied permission is explained', async () => {
    const here = { latitude: 37.7893, longitude: -122.4009 };
    const { page, done } = await visit('/?q=tacos', { ...DESKTOP, permissions: ['geolocation'], geolocation: here });
    await expect.poll(() => rows(page).count()).toBeGreaterThan(1);
    expect(await page.locator('.distance').count()).toBe(0);
    const nearMe = page.getByRole('button', { name: text.nearMe });
    await nearMe.click();
    await expect.poll(() => nearMe.getAttribute('aria-pressed')).toBe('true');
    const answer = await api('?q=tacos&lat=37.7893&lon=-122.4009&sort=distance');
    await expect
      .poll(() => page.locator('.row-head .distance').allTextContents())
      .toEqual(answer.trucks.map(({ distance_m }) => text.distance(distance_m ?? 0)));
    await nearMe.click();
    await expect.poll(() => new URL(page.url()).search).toBe('?q=tacos');
    await done();

    const refused = await visit('/?q=tacos');
    await refused.page.getByRole('button', { name: text.nearMe }).click();
    await refused.page.getByRole('alert').getByText(text.locationErrors.denied).waitFor();
    await refused.done();
  });
});
