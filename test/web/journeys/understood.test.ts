import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { openControl } from '../controls.ts';
import { english } from '../english.ts';
import { recordSearches } from '../page-parts.ts';

const text = english('en-US');
const HERE = { latitude: 37.7893, longitude: -122.4009 };

describe.skipIf(noBrowser)('what the search understood', () => {
  const shared = fixture();
  const { api, visit } = shared;
  const row = (page: Page) => page.getByRole('list', { name: text.understood });
  const chips = (page: Page) => row(page).locator('.chip').allTextContents();
  const remover = (page: Page, label: string) => page.getByRole('button', { name: text.remove(label), exact: true });
  const field = (page: Page) => page.getByRole('combobox', { name: text.searchLabel });
  const query = (page: Page) => new URL(page.url()).searchParams;
  const vendors = (page: Page) =>
    page.locator('.row[data-vendor]').evaluateAll((all) => all.map((one) => one.getAttribute('data-vendor')));
  const focused = (page: Page) =>
    page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id");
  const expectResultsOf = async (page: Page, search: string) => {
    const { trucks, hits } = await api(search);
    expect(hits).toBeGreaterThan(0);
    await expect.poll(() => vendors(page)).toEqual(trucks.map(({ id }) => id).slice(0, 50));
  };

  it.each(['tacos', 'best tacos', 'hot dogs', '"fish tacos"', 'where can i get tacos'])(
    '%s: no chips, because it is only words',
    async (words) => {
      const { page, done } = await visit(`/?q=${encodeURIComponent(words)}`);
      await page.locator('.row[data-vendor]').first().waitFor();
      expect(await row(page).count()).toBe(0);
      expect(await page.getByText(text.exclusionNote).count()).toBe(0);
      await done();
    },
  );

  it('a chip is removed with the mouse: text, results and URL follow; Back and Forward restore each step', async () => {
    const { page, done } = await visit('/?q=vegan+tacos+no+pork+and+no+beef');
    const [vegan, pork, beef] = [text.category('vegan'), text.noFood('pork'), text.noFood('beef')];
    await expect.poll(() => chips(page)).toEqual([vegan, pork, beef]);
    expect(await page.getByText(text.exclusionNote).count()).toBe(1);
    await remover(page, pork).click();
    expect(await field(page).inputValue()).toBe('vegan tacos and no beef');
    expect(query(page).get('q')).toBe('vegan tacos and no beef');
    expect(await focused(page)).toBe(text.remove(beef));
    await remover(page, beef).click();
    expect(await focused(page)).toBe(text.remove(vegan));
    await remover(page, vegan).click();
    expect(await focused(page)).toBe('q');
    expect(new URL(page.url()).search).toBe('?q=tacos');
    await expectResultsOf(page, '?q=tacos');
    expect(await row(page).count()).toBe(0);
    await page.goBack();
    await expect.poll(() => chips(page)).toEqual([vegan]);
    expect(await field(page).inputValue()).toBe('vegan tacos');
    await expectResultsOf(page, '?q=vegan+tacos');
    await page.goBack();
    await expect.poll(() => chips(page)).toEqual([vegan, beef]);
    await page.goForward();
    await expect.poll(() => chips(page)).toEqual([vegan]);
    await done();
  });

  it('with the keyboard: Tab reaches each button, Enter and Space remove, and the focus never leaves the page', async () => {
    const { page, done } = await visit('/?q=tacos+no+pork+open+now');
    await expect.poll(() => chips(page)).toEqual([text.noFood('pork'), text.timeOptions.now]);
    await page.getByRole('button', { name: text.searchButton }).focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(text.remove(text.noFood('pork')));
    await page.keyboard.press('Tab');
    expect(await focused(page)).toBe(text.remove(text.timeOptions.now));
    await page.keyboard.press('Enter');
    // After the last chip has gone, the focus moves to the previous one.
    expect(await focused(page)).toBe(text.remove(text.noFood('pork')));
    await expectResultsOf(page, '?q=tacos+no+pork');
    expect(await focused(page)).toBe(text.remove(text.noFood('pork')));
    await page.keyboard.press('Space');
    expect(await focused(page)).toBe('q');
    await expectResultsOf(page, '?q=tacos');
    expect(await focused(page)).toBe('q');
    await done();
  });

  it('on a phone, the results get the focus after the last chip, not the field with its keyboard', async () => {
    const { page, done } = await visit('/?q=tacos+no+pork', PHONE);
    await remover(page, text.noFood('pork')).tap();
    expect(await focused(page)).toBe('results');
    await expectResultsOf(page, '?q=tacos');
    expect(await focused(page)).toBe('results');
    await done();
  });

  it('the typed question keeps its history entry, and the field can be cleared', async () => {
    const { page, done } = await visit('/');
    await field(page).pressSequentially('tacos no pork', { delay: 20 });
    await remover(page, text.noFood('pork')).click();
    await expect.poll(() => query(page).get('q')).toBe('tacos');
    await page.goBack();
    await expect.poll(() => field(page).inputValue()).toBe('tacos no pork');
    await expect.poll(() => chips(page)).toEqual([text.noFood('pork')]);
    await field(page).fill('');
    await expectResultsOf(page, '?status=approved');
    expect(await row(page).count()).toBe(0);
    await done();
  });

  it('a question of one exclusion: removing it shows all vendors', async () => {
    const { page, done } = await visit('/?q=no+pork');
    await remover(page, text.noFood('pork')).click();
    expect(new URL(page.url()).search).toBe('');
    await expectResultsOf(page, '?status=approved');
    await done();
  });

  it('open now in the question: the time control says so, and choosing a time replaces the words', async () => {
    const { page, done } = await visit('/?q=tacos+open+now');
    await expect.poll(() => chips(page)).toEqual([text.timeOptions.now]);
    const time = (name: keyof typeof text.timeOptions) => page.getByRole('radio', { name: text.timeOptions[name] });
    const { open } = (await api('?q=tacos+open+now')).query;
    await openControl(page, 'when');
    expect(await time(open ? 'now' : 'any').isChecked()).toBe(true);
    await time('at').check();
    await expect.poll(() => query(page).get('q')).toBe('tacos');
    await expect.poll(() => query(page).get('open_at')).toMatch(/^\w{3}12:00$/);
    expect(await row(page).count()).toBe(0);
    await done();
  });

  it('a time in the URL wins over "open now" in the question, as in the API', async () => {
    const { page, done } = await visit('/?q=tacos+open+now&open_at=thu12:00');
    const theirs = await api('?q=tacos+open+now&open_at=thu12:00');
    expect(theirs.query.open).toBe(true);
    const ids = theirs.trucks.map(({ id }) => id).sort();
    await expect.poll(async () => (await vendors(page)).sort()).toEqual(ids);
    expect(await row(page).count()).toBe(0);
    await done();
  });

  it('near me asks for the location; once it is known, the chip says so, and removing it removes the origin', async () => {
    const { page, done } = await visit('/?q=tacos+near+me', {
      ...DESKTOP,
      permissions: ['geolocation'],
      geolocation: HERE,
    });
    await expect.poll(() => chips(page)).toEqual([text.askNearMe]);
    await page.getByRole('button', { name: text.askNearMe }).click();
    await expect.poll(() => chips(page)).toEqual([text.nearMe]);
    await expectResultsOf(page, '?q=tacos&lat=37.7893&lon=-122.4009&sort=distance');
    expect(query(page).get('q')).toBe('tacos near me');
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false);
    await remover(page, text.nearMe).click();
    expect(new URL(page.url()).search).toBe('?q=tacos');
    await expectResultsOf(page, '?q=tacos');
    await done();
  });

  it('near me without permission: it is explained, and the chip stays', async () => {
    const { page, done } = await visit('/?q=tacos+near+me');
    await page.getByRole('button', { name: text.askNearMe }).click();
    await page.getByRole('alert').getByText(text.locationErrors.denied).waitFor();
    expect(await chips(page)).toEqual([text.askNearMe]);
    await done();
  });

  it('exact words: switched on and off by button, chip and checkbox; the URL and the request say strict', async () => {
    const { page, done } = await visit('/?q=best+tacos+near+me');
    const searches = await recordSearches(page);
    await row(page).getByRole('button', { name: text.exactWords, exact: true }).click();
    expect(await focused(page)).toBe(text.remove(text.exactWords));
    await expect.poll(() => chips(page)).toEqual([text.exactWords]);
    expect(new URL(page.url()).search).toBe('?q=best+tacos+near+me&strict=true');
    await page.getByRole('heading', { name: text.emptyHeading('best tacos near me') }).waitFor();
    expect(await focused(page)).toBe(text.remove(text.exactWords));
    await page.keyboard.press('Enter');
    await expect.poll(() => chips(page)).toEqual([text.askNearMe]);
    expect(new URL(page.url()).search).toBe('?q=best+tacos+near+me');
    const strict = (await searches()).map((query) => new URLSearchParams(query).get('strict'));
    expect(strict).toEqual(['true', null]);
    await openControl(page, 'more');
    await page.getByRole('checkbox', { name: text.exactWords }).check();
    await expect.poll(() => chips(page)).toEqual([text.exactWords]);
    await page.goBack();
    await expect.poll(() => chips(page)).toEqual([text.askNearMe]);
    await done();
  });

  it('a relaxed search says so, offers the exact words, and each row says what it lacks', async () => {
    const { page, done } = await visit('/?q=tacos+zzzunheardof');
    const theirs = await api('?q=tacos+zzzunheardof');
    const to = theirs.relaxed[0]?.to ?? '';
    const notice = page.locator('.is-relaxed').getByText(text.relaxed('q', 'tacos zzzunheardof', to));
    await notice.waitFor();
    expect(await page.locator('.missing').allTextContents()).toEqual(
      theirs.trucks.map(({ missing }) => text.missing(missing.join(', '))),
    );
    await page.getByRole('link', { name: text.exactWords }).click();
    await page.getByRole('heading', { name: text.emptyHeading('tacos zzzunheardof') }).waitFor();
    expect(query(page).get('strict')).toBe('true');
    await done();
  });

  it('more than eight words: it names those that only improve the order', async () => {
    const words = 'tacos burritos quesadillas nachos tortas tamales elote horchata churros flan';
    const { page, done } = await visit(`/?q=${words.replaceAll(' ', '+')}`);
    await page.locator('.notice summary').click();
    await page.getByText(text.surplus(8, 'churros, flan')).waitFor();
    await done();
  });
});
