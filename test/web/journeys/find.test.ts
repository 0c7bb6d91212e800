import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';
import { recordSearches } from '../page-parts.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('search and filters', () => {
  const shared = fixture();
  const { api, visit } = shared;
  const shown = (page: Page) =>
    page.locator('.row[data-vendor]').evaluateAll((all) => all.map((one) => one.getAttribute('data-vendor')));
  const searchField = (page: Page) => page.getByRole('combobox', { name: text.searchLabel });

  it('suggests while the user types; the keyboard selects, accepts and closes', async () => {
    const { page, done } = await visit('/');
    await searchField(page).pressSequentially('ta', { delay: 20 });
    await page.locator('[role=option].suggestion').first().waitFor();
    const offered = (await shared.get<{ suggestions: { text: string }[] }>('/suggest?q=ta')).suggestions;
    expect(await page.locator('.suggestion-text').allTextContents()).toEqual(offered.map((one) => one.text));
    expect(await searchField(page).getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const second = page.locator('[role=option].suggestion').nth(1);
    expect(await second.getAttribute('aria-selected')).toBe('true');
    expect(await searchField(page).getAttribute('aria-activedescendant')).toBe(await second.getAttribute('id'));
    await page.keyboard.press('Enter');
    expect(await searchField(page).inputValue()).toBe(offered[1]?.text);
    expect(await page.locator('[role=option].suggestion').count()).toBe(0);
    await expect
      .poll(() => shown(page))
      .toEqual((await api(`?q=${encodeURIComponent(offered[1]?.text ?? '')}`)).trucks.map(({ id }) => id));
    await searchField(page).fill('cof');
    await page.locator('[role=option].suggestion').first().waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('[role=option].suggestion').count()).toBe(0);
    expect(await searchField(page).inputValue()).toBe('cof');
    await done();
  });

  it('keeps the typed text, blanks included, however fast the answers arrive', async () => {
    const { page, done } = await visit('/');
    for (const [words, query] of [
      ['market and 2nd', 'market and 2nd'],
      ['  fish  tacos ', 'fish  tacos'],
    ] as const) {
      await searchField(page).fill('');
      for (const key of words) {
        await searchField(page).press(key === ' ' ? 'Space' : key);
        // The answer to the text so far is rendered before the next keystroke.
        const now = (await searchField(page).inputValue()).trim();
        await expect.poll(() => new URL(page.url()).searchParams.get('q') ?? '').toBe(now);
        await expect.poll(() => page.locator('.is-skeleton, .progress.is-on').count()).toBe(0);
      }
      expect(await searchField(page).inputValue()).toBe(words);
      await page.keyboard.press('Enter');
      await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(query);
    }
    await page.goBack();
    await done();
  });

  it('while the user types, a search waits for the previous one, and only the last is sent and shown', async () => {
    const { page, done } = await visit('/');
    const searches = await recordSearches(page);
    await page.locator('.row[data-vendor]').first().waitFor();
    // Six keystrokes before any answer can arrive.
    await page.evaluate(`for (const text of ['c', 'co', 'cof', 'coff', 'coffe', 'coffee']) {
      const field = document.querySelector('#q');
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }`);
    const theirs = await api('?q=coffee');
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(theirs.hits, theirs.locations));
    expect(await shown(page)).toEqual(theirs.trucks.map(({ id }) => id));
    expect(await searches()).toEqual(['?q=c', '?q=coffee']);
    await done();
  });

  it('a tap accepts a suggestion', async () => {
    const { page, done } = await visit('/', PHONE);
    await searchField(page).tap();
    await searchField(page).pressSequentially('cof', { delay: 20 });
    const first = page.locator('[role=option].suggestion').first();
    const words = await first.locator('.suggestion-text').textContent();
    await first.tap();
    expect(await searchField(page).inputValue()).toBe(words);
    await page.locator('.row[data-vendor]').first().waitFor();
    await done();
  });

  it('the week slider: list, markers and counts follow the keyboard without a request; the link shows the same', async () => {
    const { page, done } = await visit('/?q=tacos');
    await page.locator('.row[data-vendor]').first().waitFor();
    const searches = await recordSearches(page);
    await openControl(page, 'when');
    await page.getByRole('radio', { name: text.day(3, 'long') }).check();
    const slider = page.getByRole('slider', { name: text.timeLabel });
    expect(await slider.getAttribute('aria-valuetext')).toContain(text.weekTimeLong(3 * 1440 + 720));
    for (const [keys, at] of [
      [[], 'thu12:00'],
      [['ArrowRight'], 'thu12:15'],
      [['ArrowLeft', 'ArrowLeft'], 'thu11:45'],
      [['End'], 'thu23:45'],
      [['Home'], 'thu00:00'],
      [['PageUp', 'PageUp'], null],
    ] as const) {
      await slider.focus();
      for (const key of keys) await page.keyboard.press(key);
      const minute = Number(await slider.inputValue());
      const now = `thu${[Math.floor(minute / 60), minute % 60].map((one) => String(one).padStart(2, '0')).join(':')}`;
      if (at) expect(now).toBe(at);
      // The URL may be written a moment after the list is rendered.
      await expect.poll(() => new URL(page.url()).searchParams.get('open_at')).toBe(now);
      const theirs = await api(`?q=tacos&strict=true&open_at=${now}`);
      expect((await shown(page)).sort()).toEqual(
        theirs.hits > 0 ? theirs.trucks.map(({ id }) => id).sort() : expect.arrayContaining([]),
      );
      if (theirs.hits > 0) {
        expect(await page.locator('[data-spot]').count()).toBe(theirs.locations);
        const open = theirs.trucks.filter(({ branches }) => branches.some((one) => one.open.state === 'open')).length;
        expect(await page.locator('.summary').textContent()).toBe(
          text.openSummary(text.openAt(text.weekTime(minute + 3 * 1440)), open, theirs.hits - open),
        );
        const chip = page.locator('[data-control=when]');
        expect(await chip.textContent()).toBe(`${text.whenLabel}: ${text.weekTime(minute + 3 * 1440)}`);
      } else await page.locator('.is-narrowed').waitFor();
    }
    expect(await searches()).toEqual([]);
    await slider.focus();
    await slider.fill('720');
    const url = page.url();
    const before = await shown(page);
    const again = await visit(`/${new URL(url).search}`);
    await again.page.locator('.row[data-vendor]').first().waitFor();
    expect(await shown(again.page)).toEqual(before);
    await openControl(again.page, 'when');
    expect(await again.page.getByRole('slider').inputValue()).toBe('720');
    await again.done();
    await page.goBack();
    await done();
  });

  it('open now can be switched on and off, shows closing times, and styles the markers', async () => {
    const { page, done } = await visit('/?status=approved');
    const now = page.getByRole('button', { name: text.timeOptions.now });
    await now.click();
    expect(await now.getAttribute('aria-pressed')).toBe('true');
    const theirs = await api('?open_now=true&strict=true');
    await expect.poll(() => new URL(page.url()).search).toBe('?status=approved&open_now=true');
    if (theirs.hits > 0)
      await expect.poll(async () => (await shown(page)).sort()).toEqual(theirs.trucks.map(({ id }) => id).sort());
    expect(await page.locator('.pin.is-closed').count()).toBe(theirs.hits > 0 ? 0 : expect.any(Number));
    await now.click();
    await expect.poll(() => new URL(page.url()).search).toBe('?status=approved');
    await page.goto(`${shared.url}/?q=tacos&open_at=thu12:00`);
    await page.locator('.badge.is-open').first().waitFor();
    const open = (await api('?q=tacos&open_at=thu12:00&strict=true')).trucks.flatMap(({ branches }) => branches);
    for (const state of ['open', 'unknown'] as const)
      expect(await page.locator(`.pin.is-${state}`).count()).toBe(
        open.filter((one) => one.open.state === state).length,
      );
    await done();
  });

  it('category and facility chips show counts, filter without a request, and can be removed', async () => {
    const { page, done } = await visit('/?q=drinks');
    await page.locator('.row[data-vendor]').first().waitFor();
    const searches = await recordSearches(page);
    await openControl(page, 'category');
    const counts = (await api('?q=drinks&facets=category&facility=push_cart')).facets;
    const kind = counts.category?.find(({ value }) => value !== 'drinks')?.value ?? '';
    const button = (words: string) => page.getByRole('button', { name: new RegExp(`^${words} \\d+$`) });
    const more = page.getByRole('button', { name: /^\d+ more$/ });
    if (await more.isVisible()) await more.click();
    await button(text.category(kind)).click();
    expect(await button(text.category(kind)).getAttribute('aria-pressed')).toBe('true');
    expect(await shown(page)).toEqual((await api(`?q=drinks&category=${kind}`)).trucks.map(({ id }) => id));
    await closeControl(page);
    await openControl(page, 'more');
    await button(text.facility('push_cart')).click();
    await closeControl(page);
    const both = await api(`?q=drinks&category=${kind}&facility=push_cart&strict=true`);
    expect(both.hits).toBeGreaterThan(0);
    expect(await shown(page)).toEqual(both.trucks.map(({ id }) => id));
    await page.getByRole('button', { name: text.remove(text.facility('push_cart')) }).click();
    await page.getByRole('button', { name: text.remove(text.category(kind)) }).click();
    expect(await shown(page)).toEqual((await api('?q=drinks')).trucks.map(({ id }) => id));
    expect(await searches()).toEqual([]);
    await done();
  });

  it('nothing is open at that time: it says so, lists what opens next, and what removing a filter would show', async () => {
    const { page, done } = await visit('/?q=tacos&open_at=mon04:00&hours=known');
    await page.getByRole('heading', { name: text.opensNext }).waitFor();
    expect(await page.locator('.summary').textContent()).toBe(text.noneOpen(text.weekTime(240)));
    const badges = await page.locator('.row[data-vendor] .badge').allTextContents();
    expect(badges.length).toBeGreaterThan(0);
    for (const words of badges) expect(words).toContain(text.opens(''));
    const all = await api('?q=tacos&hours=known');
    await page.getByRole('link', { name: text.without(text.openAt(text.weekTime(240)), all.hits) }).click();
    await expect.poll(() => shown(page)).toEqual(all.trucks.map(({ id }) => id));
    await done();
  });

  it('explains the rank of a vendor', async () => {
    const { page, done } = await visit('/?q=tacos&lat=37.7893&lon=-122.4009');
    const [first] = (await api('?q=tacos&lat=37.7893&lon=-122.4009&explain=1')).trucks;
    const word = first?.explain?.words[0];
    await page.getByRole('button', { name: text.why }).first().click();
    const why = page.locator('.why').first();
    await expect.poll(() => why.textContent()).toContain(`“${word?.matched}”`);
    expect(await why.textContent()).toContain(
      text.distance(first?.branches.find(({ id }) => id === first.explain?.branch)?.distance_m ?? -1),
    );
    await done();
  });
});
