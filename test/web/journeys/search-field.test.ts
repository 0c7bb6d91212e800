import { describe, expect, it } from 'vitest';
import { fixture, noBrowser } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

describe.skipIf(noBrowser)('the search field', () => {
  const shared = fixture();
  const { visit, api } = shared;

  it('stays empty after it was cleared under a filter, and what is typed next is the whole text', async () => {
    const { page, done } = await visit('/?q=tacos&category=mexican');
    await page.locator('.row[data-vendor]').first().waitFor();
    const field = page.locator('#q');
    await field.focus();
    await page.keyboard.press('ControlOrMeta+A');
    // The answer to the empty text must not hide that the field was filled again.
    await page.route('**/search?*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue();
    });
    await page.keyboard.press('Delete');
    expect(await field.inputValue()).toBe('');
    await page.keyboard.type('burrito');
    expect(await field.inputValue()).toBe('burrito');
    const theirs = await api('?q=burrito&category=mexican');
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(theirs.hits, theirs.locations));
    // The URL is written when typing pauses.
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('burrito');
    await done();
  });

  it('follows a link, a suggestion and Back, but keeps the blanks that are being typed', async () => {
    const { page, done } = await visit('/?q=tacos');
    const field = page.locator('#q');
    await page.locator('.row[data-vendor]').first().waitFor();
    await field.fill('coffee ');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('coffee');
    expect(await field.inputValue()).toBe('coffee ');
    await page.goBack();
    await expect.poll(() => field.inputValue()).toBe('tacos');
    await page.getByRole('link', { name: text.name, exact: true }).click();
    await expect.poll(() => field.inputValue()).toBe('');
    await done();
  });

  it('counts suggestions as the search that a press makes, and not at all under a filter', async () => {
    const { page, done } = await visit('/');
    await page.locator('.row[data-vendor]').first().waitFor();
    const field = page.locator('#q');
    await field.fill('ta');
    const first = page.getByRole('option').first();
    await first.waitFor();
    const count = Number(/· (\d+)$/.exec((await first.locator('.suggestion-type').textContent()) ?? '')?.[1]);
    await first.click();
    const { hits, locations } = await api(`${new URL(page.url()).search}`);
    expect(count).toBe(hits);
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(hits, locations));
    await page.goto(`${shared.url}/?category=mexican`);
    await field.fill('ta');
    await first.waitFor();
    expect(await page.locator('.suggestion-type').allTextContents()).not.toContainEqual(expect.stringMatching(/\d/));
    await done();
  });
});
