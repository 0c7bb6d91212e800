import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('a shared link to a place', () => {
  const { visit, api } = fixture();

  /** A place of the search that is closed at 4 AM on Monday, and its vendor. */
  async function closedPlace() {
    for (const truck of (await api('?q=tacos')).trucks) {
      const open = (await api(`?q=tacos&open_at=mon04:00&strict=true`)).trucks.flatMap(({ branches }) => branches);
      const branch = truck.branches.find(({ id, week }) => week.length > 0 && !open.some((one) => one.id === id));
      if (branch) return { truck, branch };
    }
    throw new Error('every taco place of the sample is open on Monday at 4 AM');
  }

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('that is closed at the link’s time is still shown, as closed, at %s', async (_width, screen) => {
    const { truck, branch } = await closedPlace();
    const { page, done } = await visit(`/?q=tacos&open_at=mon04:00&place=${branch.id}`, screen);
    const detail = page.getByRole('dialog', { name: truck.name });
    await detail.waitFor();
    expect(await detail.locator('.detail-state .badge.is-closed').count()).toBe(1);
    expect(new URL(page.url()).searchParams.get('place')).toBe(branch.id);
    // The filters leave it no marker in the list of results, but the open one has its own.
    await page.locator(`.pin.is-selected[data-spot="${branch.id}"]`).waitFor();
    await detail.getByRole('button', { name: text.close, exact: true }).click();
    await detail.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).searchParams.get('place')).toBeNull();
    await done();
  });

  it('that no longer exists says so, until something else is searched', async () => {
    const { page, done } = await visit('/?q=tacos&place=gone-1');
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.getByText(text.placeGone).waitFor();
    expect(await page.getByRole('status').filter({ hasText: text.placeGone }).count()).toBe(1);
    await page.locator('#q').fill('coffee');
    await expect.poll(() => page.getByText(text.placeGone).count()).toBe(0);
    await done();
  });

  it('that exists says nothing of the kind', async () => {
    const branch = (await api('?q=tacos')).trucks[0]?.branches[0];
    const { page, done } = await visit(`/?q=tacos&place=${branch?.id}`);
    await page.getByRole('dialog').waitFor();
    expect(await page.getByText(text.placeGone).count()).toBe(0);
    await done();
  });
});
