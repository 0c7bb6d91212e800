import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

/** Replaces the device's share dialog, which is outside the browser: it records its arguments. */
const OFFERS = 'navigator.share = async (data) => { window.offered = data; };';
const CANCELS = "navigator.share = async () => { throw new DOMException('The user cancelled', 'AbortError'); };";
const BREAKS = "navigator.share = async () => { throw new DOMException('No', 'NotAllowedError'); };";
const NONE = 'Object.defineProperty(Navigator.prototype, "share", { value: undefined, configurable: true });';
const NO_CLIPBOARD =
  "navigator.clipboard.writeText = async () => { throw new DOMException('No', 'NotAllowedError'); };";

describe.skipIf(noBrowser)('sharing a truck', () => {
  const shared = fixture();

  /** Opens the first truck's detail and presses its share button, on a device prepared by `script`. */
  async function press(script: string, options: BrowserContextOptions) {
    const truck = (await shared.api('?q=tacos')).trucks[0];
    const { page, done } = await shared.visit('/', options);
    await page.addInitScript(script);
    await page.goto(`${shared.url}/?q=tacos`);
    const row = page.locator('.branch').first();
    // The row shows one of the vendor's branches: which one depends on the time.
    const branch = await row.getAttribute('data-branch');
    expect(truck?.branches.map(({ id }) => id)).toContain(branch);
    await row.click();
    await page.getByRole('dialog').getByRole('button', { name: text.share }).click();
    const link = `${shared.url}/?q=tacos&place=${branch}`;
    return { page, done, link, name: truck?.name };
  }

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('passes the link to the device’s share dialog, without a notice, at %s', async (_width, screen) => {
    const { page, done, link, name } = await press(OFFERS, screen);
    await expect.poll(() => page.evaluate('window.offered')).toEqual({ url: link, title: name });
    expect(await page.locator('.shared').count()).toBe(0);
    // The link opens the same detail.
    await page.goto(link);
    await page.getByRole('dialog', { name: name ?? '' }).waitFor();
    await done();
  });

  it('a user who cancels sees no notice', async () => {
    const { page, done } = await press(CANCELS, PHONE);
    await page.getByRole('dialog').getByRole('button', { name: text.share }).click();
    expect(await page.locator('.shared').count()).toBe(0);
    await done();
  });

  it.each([
    ['without a share dialog', NONE],
    ['whose share dialog fails', BREAKS],
  ])('on a device %s, the link is copied, and a notice says so', async (_name, script) => {
    const { page, done, link } = await press(script, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('status').getByText(text.copied).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(link);
    await done();
  });

  it('where nothing can be copied, the detail shows the link', async () => {
    const { page, done, link } = await press(`${NONE}${NO_CLIPBOARD}`, PHONE);
    await page.getByRole('status').getByText(text.copyFailed).waitFor();
    expect(await page.locator('.share-link').textContent()).toBe(link);
    const dialog = await page.getByRole('dialog').boundingBox();
    const words = await page.locator('.share-link').boundingBox();
    expect(dialog && words && words.x >= dialog.x && words.x + words.width <= dialog.x + dialog.width).toBe(true);
    await done();
  });
});
