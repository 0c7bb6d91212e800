import type { Browser } from 'playwright-core';
import { countBranches } from '../../../../functions/model/vendor.ts';
import { cityOf } from './cities.ts';
import { serveSearches } from './measured-server.ts';
import { type PageSearch, pageSearches } from './page-searches.ts';

/** Each beginning of these words is a question, as if each keystroke asked one. */
const WORDS = ['tacos', 'coffee', 'noodles', 'pizza', 'curry', 'falafel', 'sushi', 'bagels', 'churros', 'ramen'];
const KEYSTROKES = WORDS.flatMap((word) => [...word].map((_, at) => word.slice(0, at + 1)));

type Visit = {
  readonly first: number;
  readonly bytes: number;
  readonly keystrokes: readonly number[];
  readonly later: number;
};

/** Measures all searches in turn, each visit with empty caches; returns a table. */
export async function compareSearches(browser: Browser, vendors: number, rounds: number): Promise<string[]> {
  const release = cityOf(vendors);
  const branches = countBranches(release.vendors);
  const searches = await pageSearches(release);
  const server = await serveSearches(release, searches);
  const visits = new Map<PageSearch, Visit[]>(searches.map((search) => [search, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [at, search] of searches.entries()) {
        visits.get(search)?.push(await visit(browser, `${server.url}/${at}/`, server.takeBytes));
      }
    }
  } finally {
    server.stop();
  }
  const middle = (values: readonly number[], part = 0.5) =>
    [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN;
  return [
    `| ${vendors.toLocaleString('en')} vendors, ${branches.toLocaleString('en')} branches | kB to the first answer | first answer, ms | answer per keystroke, p50 | p95 | kB of ${KEYSTROKES.length} more answers |`,
    '|---|---|---|---|---|---|',
    ...Array.from(visits, ([{ name }, all]) => {
      const keystrokes = all.flatMap((one) => one.keystrokes);
      const cells = [
        (middle(all.map(({ bytes }) => bytes)) / 1000).toFixed(0),
        middle(all.map(({ first }) => first)).toFixed(0),
        middle(keystrokes).toFixed(1),
        middle(keystrokes, 0.95).toFixed(1),
        (middle(all.map(({ later }) => later)) / 1000).toFixed(0),
      ];
      return `| ${name} | ${cells.join(' | ')} |`;
    }),
    '',
  ];
}

/** From the navigation to the answer for the first word, then each keystroke after the answer to the one before. */
async function visit(browser: Browser, url: string, takeBytes: () => number): Promise<Visit> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  try {
    takeBytes();
    await page.goto(url);
    const [first, found] = (await page.evaluate('window.firstAnswer')) as [number, number];
    if (found === 0) throw new Error(`${url} found nothing`);
    const bytes = takeBytes();
    const keystrokes = (await page.evaluate(`window.timesOf(${JSON.stringify(KEYSTROKES)})`)) as number[];
    return { first, bytes, keystrokes, later: takeBytes() };
  } finally {
    await context.close();
  }
}
