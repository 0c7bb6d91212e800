import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violations } from '../accessibility/violations.ts';
import { fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';
import { rows } from '../page-parts.ts';

const text = english('en-US');
const SMALL_PHONE = { ...PHONE, viewport: { width: 390, height: 664 } };

const field = (page: Page) => page.locator('#q');
const options = (page: Page) => page.getByRole('option').allTextContents();
const tidy = (all: string[]) => all.map((one) => one.trim());

/** Searches with Enter, one text after the other, and leaves the field empty. */
async function search(page: Page, ...texts: string[]): Promise<void> {
  for (const one of texts) {
    await field(page).fill(one);
    await field(page).press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe(one);
  }
  await page.getByRole('link', { name: text.name, exact: true }).click();
  await expect.poll(() => field(page).inputValue()).toBe('');
}

describe.skipIf(noBrowser)('recent searches', () => {
  const { visit } = fixture();

  it('are offered when the field is empty: at most eight, newest first, each once, after a reload too', async () => {
    const { page, done } = await visit('/');
    await rows(page).first().waitFor();
    await field(page).focus();
    expect(await options(page)).toEqual([]);
    const texts = ['tea', 'tacos', 'soup', 'coffee', 'crepes', 'pizza', 'juice', 'pho', 'Tacos', 'burrito'];
    await search(page, ...texts);
    const expected = ['burrito', 'Tacos', 'pho', 'juice', 'pizza', 'crepes', 'coffee', 'soup'];
    await field(page).focus();
    expect(tidy(await options(page))).toEqual(expected);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.reload();
    await rows(page).first().waitFor();
    await field(page).focus();
    expect(tidy(await options(page))).toEqual(expected);
    // They stay on the device.
    expect(sent.filter((request) => expected.some((one) => request.includes(one)))).toEqual([]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('Tacos');
    await done();
  });

  it('can be removed singly and all, with a finger and with the keyboard', async () => {
    const { page, done } = await visit('/', SMALL_PHONE);
    await rows(page).first().waitFor();
    await search(page, 'tea', 'tacos', 'soup', 'coffee');
    await field(page).tap();
    await page.screenshot({ path: 'test/output/recent-390.png' });
    const button = page.getByRole('button', { name: text.remove('soup') });
    const box = await button.boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    const row = await page.getByRole('option', { name: 'soup' }).boundingBox();
    expect(Math.abs((row?.y ?? 0) - (box?.y ?? 99))).toBeLessThanOrEqual(1);
    await button.tap();
    expect(tidy(await options(page))).toEqual(['coffee', 'tacos', 'tea']);
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Delete');
    expect(tidy(await options(page))).toEqual(['tacos', 'tea']);
    // From the field: the search button, the two remove buttons, then the button for all.
    for (let step = 0; step < 4; step++) await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(text.clearRecent);
    await page.keyboard.press('Enter');
    expect(await options(page)).toEqual([]);
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    expect(await page.evaluate("localStorage.getItem('recent')")).toBe('[]');
    await done();
  });

  it('close with Escape, open with an arrow, and pass axe', async () => {
    const { page, done } = await visit('/');
    await rows(page).first().waitFor();
    await search(page, 'tea', 'tacos');
    await field(page).focus();
    await page.getByRole('option').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await options(page)).toEqual([]);
    await page.keyboard.press('ArrowDown');
    expect(await field(page).getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.press('ArrowDown');
    const active = (await field(page).getAttribute('aria-activedescendant')) ?? '';
    expect((await page.locator(`#${active}`).textContent())?.trim()).toBe('tacos');
    await done();
  });

  it('include what was typed before a result was chosen, but not a text from a link', async () => {
    const { page, done } = await visit('/?q=coffee');
    await rows(page).first().locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    await field(page).fill('tacos');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('tacos');
    await rows(page).first().locator('.branch').first().click();
    await expect.poll(() => new URL(page.url()).searchParams.get('place')).not.toBeNull();
    await field(page).fill('');
    await page.getByRole('option').first().waitFor();
    expect(tidy(await options(page))).toEqual(['tacos']);
    await done();
  });

  it('are not kept in another site’s frame', async () => {
    const { page, done } = await visit('/?embed=1');
    await rows(page).first().waitFor();
    await field(page).fill('tacos');
    await field(page).press('Enter');
    await field(page).fill('');
    await page.waitForTimeout(300);
    expect(await options(page)).toEqual([]);
    expect(await page.evaluate("localStorage.getItem('recent')")).toBeNull();
    await done();
  });

  it.each([
    [
      'refuses',
      "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('No', 'SecurityError'); } });",
    ],
    [
      'has something else',
      "localStorage.setItem('recent', '{\"a\":[1'); localStorage.setItem('favourites', '[1, null, {}]');",
    ],
    [
      'has another shape',
      'localStorage.setItem(\'recent\', \'[1, null, {}, {"words":1}, {"words":"x","place":{"kind":"y"}}]\');',
    ],
  ])('break nothing where the storage %s', async (_name, script) => {
    const { page, done } = await visit('/');
    await page.addInitScript(script);
    await page.reload();
    await rows(page).first().waitFor();
    await field(page).focus();
    expect(await options(page)).toEqual([]);
    await field(page).fill('tacos');
    await field(page).press('Enter');
    await expect.poll(() => new URL(page.url()).searchParams.get('q')).toBe('tacos');
    await rows(page).first().waitFor();
    await done();
  });
});
