import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';
import { violations } from './violations.ts';

const text = english('en-US');
/** A search whose results in the sample are open, closed and unknown. */
const MIXED = '/?status=any&q=tacos';

/** A computed style of an element, or of a pseudo-element (`part`). */
const style = (page: Page, selector: string, property: string, part = '') =>
  page.evaluate<string | null>(`(() => {
    const found = document.querySelector(${JSON.stringify(selector)});
    return found && getComputedStyle(found, ${JSON.stringify(part)}).getPropertyValue(${JSON.stringify(property)});
  })()`);

describe.skipIf(noBrowser)('with forced colours', () => {
  const shared = fixture();
  const SCREENS = [
    ['390', PHONE, 'light'],
    ['1280', DESKTOP, 'dark'],
  ] as const;

  it.each(SCREENS)(
    'markers, badges, filters and the slider still show their state, at %s',
    async (width, screen, colorScheme) => {
      const { page, done } = await shared.visit(`${MIXED}&open_at=thu12:00`, {
        ...screen,
        colorScheme,
        forcedColors: 'active',
      });
      await page.locator('.pin.is-open').first().waitFor();
      // Open: a solid head, and a sign in the other colour.
      const [solid, sign] = [
        await style(page, '.pin.is-open .pin-drop', 'fill'),
        await style(page, '.pin.is-open .pin-sign', 'fill'),
      ];
      expect(solid).not.toBe(sign);
      const unknown = '.pin.is-unknown:not(.is-unapproved)';
      await page.locator(unknown).first().waitFor();
      // Unknown: a hollow head, with the sign and the edge in the text colour.
      expect(await style(page, `${unknown} .pin-drop`, 'fill')).toBe(sign);
      expect(await style(page, `${unknown} .pin-sign`, 'stroke')).toBe(solid);
      expect(await style(page, `${unknown} .pin-drop`, 'stroke')).toBe(solid);
      for (const box of ['.field', '.pane']) expect(await style(page, box, 'border-top-style')).toBe('solid');
      const paper = await style(page, 'body', 'background-color');
      expect(await style(page, '.badge.is-open', 'background-color', '::before')).not.toBe(paper);
      await openControl(page, 'when');
      expect(await style(page, '.hour.is-here', 'fill')).not.toBe(await style(page, '.hour:not(.is-here)', 'fill'));
      await page.screenshot({ path: `test/output/page-forced-${width}.png` });
      const unchosen = '.control:not(.is-on)';
      expect(await style(page, '.control.is-on', 'background-color')).not.toBe(
        await style(page, unchosen, 'background-color'),
      );
      expect(await style(page, '.segment input:checked + span', 'background-color')).not.toBe(
        await style(page, '.segment input:not(:checked) + span', 'background-color'),
      );
      expect(await style(page, '.day input:checked + span', 'background-color')).not.toBe(
        await style(page, '.day input:not(:checked) + span', 'background-color'),
      );
      await closeControl(page);
      await openControl(page, 'category');
      const chip = page.locator('.value').first();
      await chip.click();
      await page.locator('.value[aria-pressed=true]').first().waitFor();
      const [on, off] = await Promise.all(
        ['.value[aria-pressed=true]', '.value[aria-pressed=false]'].map((one) => style(page, one, 'background-color')),
      );
      expect(on).not.toBe(off);
      await done();
    },
  );

  it('a closed marker is hollow, and a highlighted one is not', async () => {
    const { page, done } = await shared.visit('/?q=tacos&open_at=mon04:00&hours=known', {
      ...DESKTOP,
      forcedColors: 'active',
    });
    await page.locator('.pin.is-closed').first().waitFor();
    const before = await style(page, '.pin.is-closed .pin-drop', 'fill');
    expect(before).toBe(await style(page, 'body', 'background-color'));
    await page.locator('.branch').first().focus();
    await page.locator('.pin.is-key').waitFor();
    expect(await style(page, '.pin.is-key .pin-drop', 'fill')).not.toBe(before);
    await done();
  });

  it('clusters have a border, thicker if a member is open', async () => {
    const { page, done } = await shared.visit('/?status=any&open_at=thu12:00', { ...DESKTOP, forcedColors: 'active' });
    await page.locator('.cluster.is-open-within').first().waitFor();
    expect(await style(page, '.cluster.is-open-within', 'border-top-width')).toBe('5px');
    await page.screenshot({ path: 'test/output/page-forced-clusters.png' });
    await done();
  });
});

describe.skipIf(noBrowser)('with more contrast', () => {
  const shared = fixture();
  it.each([
    ['390', 'light', PHONE],
    ['1280', 'light', DESKTOP],
    ['1280', 'dark', DESKTOP],
  ] as const)('every text has a contrast of at least 7:1, at %s, %s', async (width, colorScheme, screen) => {
    const { page, done } = await shared.visit(`${MIXED}&open_at=thu12:00&lat=37.7893&lon=-122.4009`, {
      ...screen,
      colorScheme,
      contrast: 'more',
      reducedMotion: 'reduce',
    });
    await page.locator('.badge.is-open').first().waitFor();
    await page.locator('path.outline').first().waitFor();
    const found = { results: await violations(page, ['color-contrast-enhanced']), detail: [] as string[] };
    await page.screenshot({ path: `test/output/page-contrast-${colorScheme}-${width}.png` });
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').getByRole('link', { name: text.directions }).waitFor();
    found.detail = await violations(page, ['color-contrast-enhanced']);
    expect(found).toEqual({ results: [], detail: [] });
    await done();
  });
});

describe.skipIf(noBrowser)('with reduced motion', () => {
  const shared = fixture();
  it('nothing moves or fades', async () => {
    const { page, done } = await shared.visit('/?q=tacos', { ...PHONE, reducedMotion: 'reduce' });
    await page.locator('.row[data-vendor]').first().waitFor();
    const moving = () =>
      page.evaluate(`[...document.querySelectorAll('*')].flatMap((one) => {
      const { transitionDuration, animationName } = getComputedStyle(one);
      return /[1-9]/.test(transitionDuration) || animationName !== 'none' ? [one.tagName + '.' + one.className] : [];
    })`);
    expect(await moving()).toEqual([]);
    await page.locator('.branch').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await moving()).toEqual([]);
    await done();
  });
});
