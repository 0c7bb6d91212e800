import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  ceilingReport,
  costReport,
  edgeCostOf,
  estimateCost,
  lambdaCeiling,
  priceSummary,
  SEARCH_LEVELS,
  VISIT,
} from '../../../infra/stack/cost.ts';
import { PRICES } from '../../../infra/stack/prices.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { buildScript } from './script.ts';

describe('the estimated price', () => {
  const usage = { apiMemoryMb: 512, ownCluster: false };
  const sum = (searchesPerMonth: number, more = {}) =>
    estimateCost({ ...usage, searchesPerMonth, ...more }).reduce((total, { usd }) => total + usd, 0);

  it('is quantity times price, minus the free allowance', () => {
    for (const { item, quantity, usd, usdBeyondFree } of estimateCost({ ...usage, searchesPerMonth: 1e6 })) {
      expect(usd).toBeCloseTo(quantity * PRICES[item].usd, 10);
      expect(usdBeyondFree).toBeCloseTo(Math.max(0, quantity - PRICES[item].free) * PRICES[item].usd, 10);
    }
  });

  it('increases with searches, memory and a cluster', () => {
    const [few, some, many] = SEARCH_LEVELS.map((level) => sum(level));
    expect([few, some, many]).toEqual([few, some, many].sort((a = 0, b = 0) => a - b));
    expect(sum(1e6, { apiMemoryMb: 1024 })).toBeGreaterThan(sum(1e6));
    expect(sum(1e6, { ownCluster: true }) - sum(1e6)).toBeCloseTo(
      730 * PRICES.clusterHours.usd + 10 * PRICES.clusterGigabytes.usd,
      6,
    );
  });

  it('is summarized at three levels, and reported in full with its sources', () => {
    expect(priceSummary(usage).match(/searches a month: \$/g)).toHaveLength(3);
    const report = costReport({ ...usage, searchesPerMonth: 1e6 });
    expect(report).toContain('1,000,000 searches a month');
    expect(report).toContain(`$${sum(1e6).toFixed(2)}`);
    expect(report).toContain('https://aws.amazon.com/lambda/pricing/');
  });

  it('matches the worked example in infra/README.md, item by item', () => {
    const text = readFileSync('infra/README.md', 'utf8').replace(/\s+/g, ' ');
    const [example = ''] = /Worked example: 1 million searches a month .*?It assumes/.exec(text) ?? [];
    const lines = estimateCost({ ...usage, searchesPerMonth: 1e6 });
    const priceOf = (...names: string[]) =>
      lines.filter(({ item }) => names.includes(item)).reduce((total, { usd }) => total + usd, 0);
    const beyondFree = lines.reduce((total, { usdBeyondFree }) => total + usdBeyondFree, 0);
    const items: [number, string][] = [
      [priceOf('edgeRequests'), 'requests'],
      [priceOf('edgeFunctions'), 'functions'],
      [priceOf('edgeGigabytes'), 'traffic'],
      [priceOf('alarms'), 'alarms'],
      [priceOf('metrics'), 'a metric'],
      [priceOf('calls', 'compute'), 'Lambda'],
      [priceOf('logGigabytes', 'storedGigabytes', 'reads', 'writes'), 'logs and storage'],
    ];
    expect(example).toContain(`$${sum(1e6).toFixed(2)} at list prices, and $${beyondFree.toFixed(2)} while`);
    for (const [usd, what] of items) expect(example).toMatch(new RegExp(`\\b${usd.toFixed(2)} (are )?${what}`));
    expect(items.reduce((total, [usd]) => total + Number(usd.toFixed(2)), 0)).toBeCloseTo(sum(1e6), 1);
  });

  it('of each switch is what infra/README.md says', () => {
    const text = readFileSync('infra/README.md', 'utf8');
    const cell = (name: string) => new RegExp(`^\\| \`${name}=.* \\| (.*) \\|$`, 'm').exec(text)?.[1];
    const more = (switches: object, searches = 1) => sum(searches, switches) - sum(searches);
    const perMillion = (switches: object) => more(switches, 1e6) - more(switches, 0);
    expect(cell('WithDashboard')).toBe(`$${more({ dashboard: true }).toFixed(2)}`);
    expect(cell('WithMetrics')).toBe(
      `$${more({ metrics: true }).toFixed(2)}, and ${perMillion({ metrics: true }).toFixed(2)} of logs per million searches`,
    );
    expect(cell('RequestsPerMinute')).toMatch(`$${more({ firewall: true }).toFixed(2)}, and 0.60 per million requests`);
    expect(PRICES.firewallRequests.usd * 1e6).toBeCloseTo(0.6, 10);
  });

  it('is not bounded by ReservedConcurrency, and infra/README.md says by what', () => {
    const text = readFileSync('infra/README.md', 'utf8').replace(/\s+/g, ' ');
    const ceiling = lambdaCeiling({ concurrency: 20, apiMemoryMb: 512 });
    // 20 calls of half a gigabyte, all the time, and ten times 20 requests a second.
    expect(ceiling).toBeCloseTo(20 * 2_628_000 * (0.5 * PRICES.compute.usd + 10 * PRICES.calls.usd), 6);
    expect(text).toContain(`It limits Lambda to $${ceiling.toFixed(2)} a month`);
    expect(text).toContain(`1,000 requests a second, day and night, cost $${edgeCostOf(1_000).toFixed(2)} a month`);
    expect(ceilingReport({ concurrency: 20, apiMemoryMb: 512 })).toContain(`$${ceiling.toFixed(2)} a month`);
    // A month of requests from the cache costs more than any limit of Lambda.
    expect(edgeCostOf(1_000)).toBeGreaterThan(ceiling);
  });

  it('counts what starts a function, and the reads of files without a hash in their name', () => {
    const quantity = (item: string, searchesPerMonth: number) =>
      estimateCost({ ...usage, searchesPerMonth }).find((line) => line.item === item)?.quantity ?? 0;
    // 30 ms each, and one start in a hundred.
    expect(quantity('compute', 2e6) - quantity('compute', 1e6)).toBeCloseTo(1e6 * 0.035 * 0.5, 6);
    expect(quantity('reads', 2e6) - quantity('reads', 1e6)).toBeCloseTo(200_000 * VISIT.unhashedFiles, 6);
  });

  it('is printed by `npm run cost` without an account', async () => {
    const script = await buildScript();
    try {
      const { code, out } = await script.run(['cost'], {});
      expect(code).toBe(0);
      expect(out).toContain(`$${sum(1e6).toFixed(2)}`);
      expect(out).toBe(`${costReport({ ...usage, searchesPerMonth: 1e6 })}\n`);
      const more = await script.run(['cost', '--cluster', '--dashboard', '--firewall', '--concurrency', '20'], {});
      for (const part of [
        'hours of one t3.small.search',
        'dashboards: 1',
        'AWS WAF inspects',
        'ReservedConcurrency=20',
      ])
        expect(more.out).toContain(part);
    } finally {
      script.remove();
    }
  });

  it('assumes at least what a first visit downloads', () => {
    const [list = '[]'] = /\["assets\/main-.*?\]/.exec(readFileSync(`${BUILD}/web/worker.js`, 'utf8')) ?? [];
    const languages = readdirSync(`${BUILD}/web/assets`).filter((name) => /^[a-z]{2}-\w+\.js$/.test(name));
    const largest = Math.max(...languages.map((name) => gzipSync(readFileSync(`${BUILD}/web/assets/${name}`)).length));
    const shell = ['index.html', 'worker.js', ...(JSON.parse(list) as string[])].map((path) =>
      readFileSync(`${BUILD}/web/${path}`),
    );
    const bytes = shell.reduce((total, content) => total + Math.min(content.length, gzipSync(content).length), largest);
    expect(shell.length).toBeGreaterThan(3);
    // Plus one language and the facts of the city; test/web/journeys/first-load.test.ts counts the requests of a browser.
    expect(shell.length + 2).toBe(VISIT.files);
    expect(bytes).toBeLessThanOrEqual(VISIT.kilobytes * 1_000);
  });
});
