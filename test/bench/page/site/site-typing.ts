import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import type { Browser } from 'playwright-core';
import type { SiteFiles } from '../../../../functions/site/release-data.ts';
import { pageProcesses, slowDown } from './slow-processor.ts';

/** Milliseconds between two keystrokes of a quick typist. */
const KEY_MS = 90;
const WORDS = ['tacos', 'coffee', 'noodles', 'pizza', 'curry', 'falafel'];
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};

/** A whole site, with the page. */
export type TypingCase = { readonly name: string; readonly files: SiteFiles; readonly slowdown: number };

/** Types words into the page of each site; returns a table of what the keystrokes cost. */
export async function typingOnSites(launch: () => Promise<Browser>, cases: readonly TypingCase[]): Promise<string[]> {
  const lines = [
    '| typing on a site | processor | answer of the worker, ms, p50 | p95 | longest | tasks of the page over 50 ms | longest, ms |',
    '|---|---|---|---|---|---|---|',
  ];
  for (const { name, files, slowdown } of cases) {
    const { answers, tasks } = await type(launch, files, slowdown);
    const quantile = (part: number) =>
      [...answers].sort((a, b) => a - b)[Math.ceil(answers.length * part) - 1] ?? Number.NaN;
    const cells = [
      slowdown === 1 ? 'as it is' : `${slowdown} times slower`,
      ...[0.5, 0.95, 1].map((part) => quantile(part).toFixed(0)),
      tasks.length,
      tasks.length === 0 ? '–' : Math.max(...tasks).toFixed(0),
    ];
    lines.push(`| ${name} | ${cells.join(' | ')} |`);
  }
  return lines;
}

/** Milliseconds of each answer while words are typed, and of the page's tasks that took more than 50. */
async function type(launch: () => Promise<Browser>, files: SiteFiles, slowdown: number) {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1).replace(/\?.*/, '') || 'index.html';
    const content = files.get(path);
    response.writeHead(content === undefined ? 404 : 200, {
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
    });
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launch();
  try {
    const context = await browser.newContext({ locale: 'en-US', serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.locator('.row[data-vendor]').first().waitFor();
    await page.evaluate(WATCH);
    const box = page.locator('#q');
    // The first word warms up.
    await box.pressSequentially('burritos', { delay: KEY_MS });
    await page.waitForTimeout(1_000);
    await page.evaluate('answers.length = tasks.length = 0');
    const restore = slowDown(await pageProcesses(browser), slowdown);
    for (const word of WORDS) {
      await box.fill('');
      await box.pressSequentially(word, { delay: KEY_MS });
      await page.waitForTimeout(KEY_MS * slowdown);
    }
    await restore();
    await page.waitForTimeout(500);
    return (await page.evaluate('({ answers, tasks })')) as { answers: number[]; tasks: number[] };
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

const WATCH = `
  window.answers = [];
  window.tasks = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  const own = window.localApi;
  window.localApi = async (url, init) => {
    const start = performance.now();
    const response = await own(url, init);
    answers.push(performance.now() - start);
    return response;
  };`;
