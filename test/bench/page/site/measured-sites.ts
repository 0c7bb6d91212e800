import type { Browser } from 'playwright-core';
import type { Release } from '../../../../functions/model/release.ts';
import { findCity } from '../../../../seed/find-city.ts';
import { noSharedData } from '../../../fixtures/shared-data.ts';
import { LOADS, loadFiles } from '../../../seed/load-snapshot.ts';
import { cityOf, cityOfBranches } from './cities.ts';
import { type FirstAnswerCase, firstAnswers } from './first-answer.ts';
import { curbsideSite, wholeSite } from './page-searches.ts';
import { type TypingCase, typingOnSites } from './site-typing.ts';

/** As it is, and like a slow phone's. */
const SLOWDOWNS = [1, 4];
const LARGE_BRANCHES = 100_000;
/** A visit to a large city takes ten seconds and more. */
const LARGE_VISITS = 3;

/** The first answer of sites of several sizes, and typing on them; returns tables. @param visits of each size and speed */
export async function measureSites(launch: () => Promise<Browser>, visits: number): Promise<string[]> {
  const typical: (readonly [name: string, release: Release])[] = [
    ['733 vendors', cityOf(733)],
    ['10,000 vendors', cityOf(10_000)],
  ];
  const [, sources] = LOADS.at(-1) ?? [];
  if (sources && !noSharedData) {
    const { release } = await loadFiles(findCity('san-francisco'), sources);
    typical.unshift(['San Francisco 2024', release]);
  }
  const first: FirstAnswerCase[] = [];
  const typing: TypingCase[] = [];
  for (const [name, release] of typical) {
    const [{ files }, whole] = [await curbsideSite(release), await wholeSite(release)];
    for (const slowdown of SLOWDOWNS) {
      first.push({ name, files, slowdown, visits });
      typing.push({ name, files: whole, slowdown });
    }
  }
  const { files } = await curbsideSite(cityOfBranches(LARGE_BRANCHES));
  const name = `${LARGE_BRANCHES.toLocaleString('en')} branches`;
  for (const slowdown of SLOWDOWNS) first.push({ name, files, slowdown, visits: Math.min(visits, LARGE_VISITS) });
  return [...(await firstAnswers(launch, first)), '', ...(await typingOnSites(launch, typing)), ''];
}
