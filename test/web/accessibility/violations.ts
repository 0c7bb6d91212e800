import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All rules of axe for WCAG 2.2 AA, and its best practices. */
export const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** The violations that axe finds once all animations have ended, each as a line with rule and element. @param within selector of what is checked */
export async function violations(page: Page, rules: readonly string[] = RULES, within = 'html'): Promise<string[]> {
  // Two frames for new rows to be drawn; then the finite animations end.
  await page.evaluate(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))).then(() =>
    Promise.allSettled(document.getAnimations().flatMap((one) =>
      one.effect.getComputedTiming().endTime === Infinity ? [] : [one.finished])))`);
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(axe);
  const results = (await page.evaluate(
    `axe.run(${JSON.stringify(within)}, { resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} })`,
  )) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
}
