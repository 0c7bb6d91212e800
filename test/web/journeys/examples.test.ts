import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { fixture, noBrowser } from '../browser.ts';
import { english } from '../english.ts';
import { startServer } from '../page-server.ts';

const text = english('en-US');
const NONSENSE = 'qqzzqq';

const permits = (file: string) => ['--source', `permits=${sharedData(file)}`];
const CITIES: [name: string, before: string, args: () => string[]][] = [
  ['the sample', '/', () => []],
  // Only permits that are not approved have pizza.
  ['the permits of 2024', '/?q=pizza&status=any', () => permits('permits/permits-2024-08-29-489.csv')],
  [
    'another city',
    '/?q=coffee',
    () => ['--city', 'vancouver', ...permits('other-cities/vancouver-food-vendors-2025-12.csv')],
  ],
];

describe.skipIf(noBrowser).each(CITIES)('examples in %s', (name, before, args) => {
  const needsData = name !== 'the sample' && noSharedData;
  const { visit, api } = fixture(async () => (needsData ? undefined : startServer(args())));

  it.skipIf(needsData)('find what they say', async () => {
    const { page, done } = await visit(before);
    await page
      .locator('.summary')
      .filter({ hasText: /\d|found/ })
      .waitFor();
    await page.locator('#q').fill(NONSENSE);
    await page.getByRole('heading', { name: text.emptyHeading(NONSENSE) }).waitFor();
    await page.locator('.examples a').first().waitFor();
    const links = await page.locator('.examples a').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(links.length).toBe(3);
    for (const link of links) {
      const { hits } = await api((link ?? '').replace(/^\.\//, ''));
      expect([link, hits > 0]).toEqual([link, true]);
    }
    await page.locator('.examples a').first().click();
    const { hits, locations } = await api((links[0] ?? '').replace(/^\.\//, ''));
    await expect.poll(() => page.locator('.summary').textContent()).toBe(text.found(hits, locations));
    await done();
  });
});
