import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
import { closeControl, openControl } from '../controls.ts';
import { english } from '../english.ts';
import { RULES, violations } from './violations.ts';

const text = english('en-US');
const SCREENS = [
  ['390, light', { ...PHONE, colorScheme: 'light' }],
  ['390, dark', { ...PHONE, colorScheme: 'dark' }],
  ['1280, light', { ...DESKTOP, colorScheme: 'light' }],
  ['1280, dark', { ...DESKTOP, colorScheme: 'dark' }],
] as const;

describe.skipIf(noBrowser)('axe finds no violations', () => {
  const shared = fixture();

  it.each(SCREENS)(
    'at %s, in every state',
    async (_name, screen) => {
      // The dark scheme differs only in its colours.
      const rules = screen.colorScheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : RULES;
      const { page } = await shared.visit('/', screen);
      const at = async (path: string, ready: string) => {
        await page.goto(`${shared.url}${path}`);
        await page.locator(ready).first().waitFor();
        await page.locator('path.outline').first().waitFor();
      };
      const found: Record<string, string[]> = {};
      await at('/', '.row[data-vendor]');
      found.home = await violations(page, rules);
      await page.locator('#q').pressSequentially('ta');
      await page.locator('.suggestion').first().waitFor();
      await page.keyboard.press('ArrowDown');
      found.suggestions = await violations(page, rules);

      await at('/?q=tacos&lat=37.7893&lon=-122.4009&status=any&radius=9000', '.row[data-vendor]');
      found.results = await violations(page, rules);
      await page.getByRole('button', { name: text.why }).first().click();
      await page.locator('.why').getByText(/\w/).waitFor();
      await page.locator('.notice summary').click();
      found.opened = await violations(page, rules);
      for (const control of ['category', 'sort', 'more'] as const) {
        await openControl(page, control);
        found[control] = await violations(page, rules);
        await page.keyboard.press('Escape');
        await page.locator('.sheet-inner').waitFor({ state: 'detached' });
      }

      await at('/?q=vegan+tacos+zzz+no+pork+near+me', '.missing');
      found.understood = await violations(page, rules);
      await at('/?q=tacos+near+me&strict=true', '.understood');
      found.exact = await violations(page, rules);

      await at('/?open_at=thu12:00&category=mexican', '.row[data-vendor]');
      found.chosen = await violations(page, rules);
      await openControl(page, 'when');
      found.when = await violations(page, rules);
      await closeControl(page);
      await page.locator('.branch').first().click();
      await page.getByRole('dialog').waitFor();
      found.detail = await violations(page, rules);

      await at('/?status=any', '.cluster');
      found.clusters = await violations(page, rules);
      await at('/?q=tacos&open_at=mon04:00&hours=known', '.is-narrowed');
      found.narrowed = await violations(page, rules);
      await at('/?q=zzzunheardof', '.state');
      found.empty = await violations(page, rules);
      await at('/?q=tacos&lat=abc', '.is-failure');
      found.failure = await violations(page, rules);
      await at('/?q=tacos&embed=1', '.row[data-vendor]');
      found.embed = await violations(page, rules);
      expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
      await page.context().close();
      // Seventeen states, each with an audit of about a second.
    },
    90_000,
  );
});
