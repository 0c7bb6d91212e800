import type { BrowserContextOptions } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { english } from '../english.ts';

const text = english('en-US');

/** The device's own sharing is outside of the browser: here it writes down what it is given. */
const OFFERS = 'navigator.share = async (data) => { window.offered = data; };';
const CANCELS = "navigator.share = async () => { throw new DOMException('The person turned away', 'AbortError'); };";
const BREAKS = "navigator.share = async () => { throw new DOMException('No', 'NotAllowedError'); };";
const NONE = 'Object.defineProperty(Navigator.prototype, "share", { value: undefined, configurable: true });';
const NO_CLIPBOARD =
  "navigator.clipboard.writeText = async () => { throw new DOMException('No', 'NotAllowedError'); };";

describe.skipIf(noBrowser)('sharing a truck', () => {
  const shared = fixture();

  /** The first truck's card, with its button pressed on a device that is as the script makes it. */
  async function press(script: string, options: BrowserContextOptions) {
    const truck = (await shared.api('?q=tacos')).trucks[0];
    const { page, complaints } = await shared.open(options);
    await page.addInitScript(script);
    await page.goto(`${shared.url}/?q=tacos`);
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').getByRole('button', { name: text.share }).click();
    const link = `${shared.url}/?q=tacos&place=${truck?.branches[0]?.id}`;
    return { page, complaints, link, name: truck?.name };
  }

  it.each([
    ['390', PHONE],
    ['1280', DESKTOP],
  ])('gives the link to the device’s own sharing, and says nothing itself, at %s', async (_width, screen) => {
    const { page, complaints, link, name } = await press(OFFERS, screen);
    await expect.poll(() => page.evaluate('window.offered')).toEqual({ url: link, title: name });
    expect(await page.locator('.shared').count()).toBe(0);
    // Whoever gets the link sees the same card.
    await page.goto(link);
    await page.getByRole('dialog', { name: name ?? '' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a person who turns away is not told anything', async () => {
    const { page, complaints } = await press(CANCELS, PHONE);
    await page.getByRole('dialog').getByRole('button', { name: text.share }).click();
    expect(await page.locator('.shared').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each([
    ['that has none', NONE],
    ['whose own sharing breaks', BREAKS],
  ])('on a device %s the link is copied, and that is said', async (_name, script) => {
    const { page, complaints, link } = await press(script, {
      ...DESKTOP,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('status').getByText(text.copied).waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(link);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('where nothing can be copied, the link stands there to be taken by hand', async () => {
    const { page, complaints, link } = await press(`${NONE}${NO_CLIPBOARD}`, PHONE);
    await page.getByRole('status').getByText(text.copyFailed).waitFor();
    expect(await page.locator('.shared-link').textContent()).toBe(link);
    const dialog = await page.getByRole('dialog').boundingBox();
    const words = await page.locator('.shared-link').boundingBox();
    expect(dialog && words && words.x >= dialog.x && words.x + words.width <= dialog.x + dialog.width).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
