import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { machine } from '../engines/table.ts';
import { type LoadTimes, measureLoad } from './loading.ts';
import { framesWhilePanning } from './panning.ts';
import { measureSites } from './site/measured-sites.ts';
import { compareSearches } from './site/site-bench.ts';
import { measureTyping } from './typing.ts';

const { values } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' }, rounds: { type: 'string', default: '4' } },
});
const ROUNDS = Number(values.rounds);
/** Visits of a site's first answer, each in a browser of its own. */
const FIRST_VISITS = 9;
const children: ChildProcess[] = [];

async function start(branches: number): Promise<string> {
  const child = fork('dist/bench/page-server.js', [String(branches)]);
  children.push(child);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return `http://127.0.0.1:${port}`;
}

async function pageOf(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-US', serviceWorkers: 'block', ...options });
  return context.newPage();
}

const DESKTOP = { viewport: { width: 1280, height: 800 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** A phone's network, "Fast 4G" in DevTools: bytes per second and milliseconds. */
const FOUR_G = { offline: false, downloadThroughput: 1_012_500, uploadThroughput: 168_750, latency: 60 };

const quantile = (values: number[], part: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * part) - 1] ?? Number.NaN;
const lines = [`The page, ${machine()}, Chromium drawn by software`, ''];
const numbers: Record<string, number> = {};

const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
const browser = await launch();
/** Adds the times from a keystroke to the results. */
async function benchTyping(): Promise<void> {
  const small = await start(733);
  lines.push(
    '| typing to results, 733 branches | list p50, ms | list p95 | frame p50 | frame p95 | bare call p50 | bare call p95 | list p95 x | frame p95 x |',
    '|---|---|---|---|---|---|---|---|---|',
  );
  for (const [name, options, network, input] of [
    ['desktop, no network', DESKTOP, null, 'by keystrokes'],
    ['phone, no network', PHONE, null, 'by keystrokes'],
    ['phone, 4G', PHONE, FOUR_G, 'by keystrokes'],
    ['desktop, a word at once', DESKTOP, null, 'at once'],
    ['phone, a word at once', PHONE, null, 'at once'],
  ] as const) {
    const page = await pageOf(browser, options);
    if (network) {
      const session = await page.context().newCDPSession(page);
      await session.send('Network.emulateNetworkConditions', network);
    }
    await measureTyping(page, small, 1, input);
    const { listed, shown, api } = await measureTyping(page, small, ROUNDS, input);
    const ratios = [listed, shown].map((times) => quantile(times, 0.95) / quantile(api, 0.95));
    [numbers[`typing, list: ${name}`], numbers[`typing, frame: ${name}`]] = ratios as [number, number];
    const cells = [listed, shown, api].flatMap((times) =>
      [quantile(times, 0.5), quantile(times, 0.95)].map((one) => one.toFixed(0)),
    );
    lines.push(`| ${name} | ${[...cells, ...ratios.map((ratio) => ratio.toFixed(2))].join(' | ')} |`);
    await page.context().close();
  }
}

/** Adds the frame rates while the map is panned, relative to a map without markers. */
async function benchPanning(): Promise<void> {
  const large = await start(5000);
  lines.push(
    '',
    '| panning 5,000 branches | markers drawn | frames a second | without markers | share |',
    '|---|---|---|---|---|',
  );
  for (const [name, options, zoom] of [
    ['desktop, whole city', DESKTOP, 12],
    ['desktop, a quarter', DESKTOP, 14],
    ['desktop, streets', DESKTOP, 16],
    ['phone, a quarter', PHONE, 14],
  ] as const) {
    const mapView = `map=37.76,-122.44,${zoom}`;
    const [full, bare] = [await pageOf(browser, options), await pageOf(browser, options)];
    await full.goto(`${large}/?status=any&${mapView}`);
    await full.locator('[data-spot], [data-cluster]').first().waitFor();
    await bare.goto(`${large}/?q=zzzunheardof&strict=true&${mapView}`);
    await bare.locator('.state').waitFor();
    const drawn = await full.locator('[data-spot], [data-cluster]').count();
    const [withMarkers, without]: [number[], number[]] = [[], []];
    for (let round = 0; round <= ROUNDS; round++) {
      for (const [page, into] of [
        [full, withMarkers],
        [bare, without],
      ] as const) {
        await page.bringToFront();
        const frames = await framesWhilePanning(page);
        // The first round warms up.
        if (round > 0) into.push(frames);
      }
    }
    const share = quantile(withMarkers, 0.5) / quantile(without, 0.5);
    numbers[`panning: ${name}`] = share;
    lines.push(
      `| ${name} | ${drawn} | ${quantile(withMarkers, 0.5).toFixed(0)} | ${quantile(without, 0.5).toFixed(0)} | ${share.toFixed(2)} |`,
    );
    await full.context().close();
    await bare.context().close();
  }
}

/** Adds the first load and the interactions on a slow phone. */
async function benchLoading(): Promise<void> {
  const small = await start(733);
  const loads: LoadTimes[] = [];
  for (let round = 0; round < ROUNDS; round++) loads.push(await measureLoad(browser, small));
  const lcps = loads.map(({ lcp }) => lcp);
  const interactions = loads.flatMap((load) => load.interactions);
  [numbers.lcp, numbers.interaction] = [quantile(lcps, 0.5), quantile(interactions, 0.98)];
  lines.push(
    '',
    '| fast 3G, a processor 4 times slower, 733 branches | LCP p50, ms | LCP, worst | files of the page, kB | interactions over 16 ms | p98, ms | worst |',
    '|---|---|---|---|---|---|---|',
    `| phone | ${numbers.lcp.toFixed(0)} | ${Math.max(...lcps).toFixed(0)} | ${((loads[0]?.bytes ?? 0) / 1000).toFixed(0)} | ${interactions.length} | ${numbers.interaction} | ${Math.max(...interactions)} |`,
  );
}

/** Adds the search of a site without a server next to other searches in a page. */
async function benchSite(): Promise<void> {
  for (const vendors of [733, 10_000]) lines.push('', ...(await compareSearches(browser, vendors, ROUNDS)));
  lines.push(...(await measureSites(launch, FIRST_VISITS)));
}

/** What `--only` names; all without it. */
const BENCHES = { site: benchSite, typing: benchTyping, panning: benchPanning, loading: benchLoading } as const;

try {
  for (const [name, bench] of Object.entries(BENCHES))
    if (values.only === undefined || values.only === name) await bench();
} finally {
  await browser.close();
  for (const child of children) child.disconnect();
}
process.stdout.write(`${lines.join('\n')}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify(numbers, null, 2)}\n`);
