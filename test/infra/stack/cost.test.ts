import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { costReport, estimateCost, priceSummary, SEARCH_LEVELS, VISIT } from '../../../infra/stack/cost.ts';
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
      [priceOf('edgeFunctions'), 'a function'],
      [priceOf('edgeGigabytes'), 'traffic'],
      [priceOf('dashboards'), 'the dashboard'],
      [priceOf('alarms'), 'alarms'],
      [priceOf('metrics'), 'metrics'],
      [priceOf('calls', 'compute'), 'Lambda'],
      [priceOf('logGigabytes', 'storedGigabytes', 'reads', 'writes'), 'logs and storage'],
    ];
    expect(example).toContain(`$${sum(1e6).toFixed(2)} at list prices, and $${beyondFree.toFixed(2)} while`);
    for (const [usd, what] of items) expect(example).toMatch(new RegExp(`\\b${usd.toFixed(2)} (are )?${what}`));
    expect(items.reduce((total, [usd]) => total + Number(usd.toFixed(2)), 0)).toBeCloseTo(sum(1e6), 1);
  });

  it('is printed by `npm run cost` without an account', async () => {
    const script = await buildScript();
    try {
      const { code, out } = await script.run(['cost'], {});
      expect(code).toBe(0);
      expect(out).toContain(`$${sum(1e6).toFixed(2)}`);
      expect(out).toBe(`${costReport({ ...usage, searchesPerMonth: 1e6 })}\n`);
      expect((await script.run(['cost', '--cluster'], {})).out).toContain('hours of one t3.small.search');
    } finally {
      script.remove();
    }
  });

  it('assumes at least what a first visit downloads', () => {
    const [list = '[]'] = /\["\/".*?\]/.exec(readFileSync(`${BUILD}/web/worker.js`, 'utf8')) ?? [];
    const languages = readdirSync(`${BUILD}/web/assets`).filter((name) => /^[a-z]{2}-\w+\.js$/.test(name));
    const largest = Math.max(...languages.map((name) => gzipSync(readFileSync(`${BUILD}/web/assets/${name}`)).length));
    const shell = (JSON.parse(list) as string[]).map((path) =>
      readFileSync(`${BUILD}/web${path === '/' ? '/index.html' : path}`),
    );
    const bytes = shell.reduce((total, content) => total + Math.min(content.length, gzipSync(content).length), largest);
    expect(shell.length).toBeGreaterThan(5);
    // Plus one language and the service worker itself.
    expect(shell.length + 2).toBeLessThanOrEqual(VISIT.files);
    expect(bytes).toBeLessThanOrEqual(VISIT.kilobytes * 1_000);
  });
});
