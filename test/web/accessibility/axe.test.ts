import { describe, expect, it } from 'vitest';
import { DESKTOP, fixture, noBrowser, PHONE } from '../browser.ts';
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
      const { page } = await shared.open(screen);
      const at = async (path: string, ready: string) => {
        await page.goto(`${shared.url}${path}`);
        await page.locator(ready).first().waitFor();
        await page.locator('path.outline').first().waitFor();
      };
      const found: Record<string, string[]> = {};
      await at('/', '.is-welcome');
      found.idle = await violations(page, rules);
      await page.locator('#q').pressSequentially('ta');
      await page.locator('.suggestion').first().waitFor();
      await page.keyboard.press('ArrowDown');
      found.suggestions = await violations(page, rules);

      await at('/?q=tacos&lat=37.7893&lon=-122.4009&status=any&radius=9000', '.row[data-vendor]');
      found.results = await violations(page, rules);
      await page.locator('.filters summary').click();
      await page.getByRole('button', { name: text.why }).first().click();
      await page.locator('.why').getByText(/\w/).waitFor();
      found.filters = await violations(page, rules);

      await at('/?q=vegan+tacos+zzz+no+pork+near+me', '.missing');
      found.understood = await violations(page, rules);
      await at('/?q=tacos+near+me&strict=true', '.understood');
      found.exact = await violations(page, rules);

      await at('/?status=approved&open_at=thu12:00&category=mexican', '.timeline');
      found.timeline = await violations(page, rules);
      await page.locator('.branch').first().click();
      await page.getByRole('dialog').waitFor();
      found.popup = await violations(page, rules);

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
      // Thirteen states, each with an audit of about a second.
    },
    90_000,
  );
});
