import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Everything that WCAG 2.2 AA asks for and axe can check, and its best practices. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the page as it is now, once nothing moves any more: rule and element, one line each. */
export async function violations(page: Page, rules: readonly string[] = RULES): Promise<string[]> {
  // Two frames, so that rows which have just come are drawn; then whatever glides comes to rest.
  await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() =>
    Promise.allSettled(document.getAnimations().flatMap((one) =>
      one.effect.getComputedTiming().endTime === Infinity ? [] : [one.finished])))`);
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const results = (await page.evaluate(
    `axe.run(document, { resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} })`,
  )) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
