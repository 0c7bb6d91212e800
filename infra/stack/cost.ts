import { type Item, PRICES, PRICES_OF } from './prices.ts';

/** The quantities that determine the bill. */
export type Usage = {
  readonly searchesPerMonth: number;
  readonly apiMemoryMb: number;
  /** Whether the stack has its own OpenSearch cluster, billed by the hour. */
  readonly ownCluster: boolean;
};

export type CostLine = {
  readonly item: Item;
  readonly quantity: number;
  readonly usd: number;
  readonly usdBeyondFree: number;
};

/** Searches a month for which a deployment shows the price before it creates anything. */
export const SEARCH_LEVELS = [10_000, 1_000_000, 10_000_000] as const;

/**
 * Cost of one search. Assumes that every search reaches the function; answers from CloudFront's cache cost less. Duration and
 * size were measured under the Lambda emulator (see infra/README.md) and rounded up, because Lambda's processors are slower.
 */
const CALL_SECONDS = 0.03;
const ANSWER_KB = 12;
/**
 * One visit to the page for this number of searches, and the download of a first visit: everything the service worker caches,
 * with every language, and a search: at most this (19 files on 2026-11-27). A returning visitor downloads next to nothing.
 */
export const VISIT = { searches: 5, kilobytes: 150, files: 22 } as const;
/** The START, END and REPORT lines that Lambda logs for each call, and the function's own line with its metrics. */
const LOG_BYTES = 350 + 800;
/** The age of the data from the log, and of each request: its duration in four status classes, the cache's hits and the age of the data. */
const METRICS = 1 + 6;
/** A running function checks for a newer release once a minute. */
const MINUTES_PER_MONTH = 43_800;
const AVERAGE_CONCURRENCY = 2;
const REFRESHES_PER_MONTH = 31;
const HOURS_PER_MONTH = 730;

/** Estimates a month's bill, one line for each item. */
export function estimateCost({ searchesPerMonth, apiMemoryMb, ownCluster }: Usage): CostLine[] {
  const visits = searchesPerMonth / VISIT.searches;
  const quantities: Record<Item, number> = {
    calls: searchesPerMonth + REFRESHES_PER_MONTH,
    compute: searchesPerMonth * CALL_SECONDS * (apiMemoryMb / 1024) + REFRESHES_PER_MONTH * 60,
    edgeRequests: searchesPerMonth + visits * VISIT.files,
    // The function runs for each file of the page.
    edgeFunctions: visits * VISIT.files,
    edgeGigabytes: (searchesPerMonth * ANSWER_KB + visits * VISIT.kilobytes) / 1e6,
    logGigabytes: (searchesPerMonth * LOG_BYTES) / 1e9,
    alarms: 6,
    metrics: METRICS,
    dashboards: 1,
    storedGigabytes: 0.1,
    reads: Math.min(searchesPerMonth, MINUTES_PER_MONTH * AVERAGE_CONCURRENCY),
    writes: REFRESHES_PER_MONTH * 10,
    clusterHours: ownCluster ? HOURS_PER_MONTH : 0,
    clusterGigabytes: ownCluster ? 10 : 0,
  };
  return (Object.keys(PRICES) as Item[])
    .map((item) => {
      const { usd, free } = PRICES[item];
      const quantity = quantities[item];
      return { item, quantity, usd: quantity * usd, usdBeyondFree: Math.max(0, quantity - free) * usd };
    })
    .filter(({ quantity }) => quantity > 0);
}

/** The monthly price at each level of {@link SEARCH_LEVELS}. */
export function priceSummary(usage: Omit<Usage, 'searchesPerMonth'>): string {
  const rows = SEARCH_LEVELS.map((searchesPerMonth) => {
    const { usd, usdBeyondFree } = totals(estimateCost({ ...usage, searchesPerMonth }));
    const searches = formatCount(searchesPerMonth).padStart(10);
    return `  ${searches} searches a month: ${dollars(usd)}, or ${dollars(usdBeyondFree)} while the account's free allowance is unused`;
  });
  return [`Estimated price (list prices of ${PRICES_OF}, US East, without tax):`, ...rows].join('\n');
}

/** The whole calculation with its sources. */
export function costReport(usage: Usage): string {
  const lines = estimateCost(usage);
  const columns = (listPrice: string, priceBeyondFree: string) =>
    `${listPrice.padStart(10)} ${priceBeyondFree.padStart(11)}`;
  const rows = lines.map(({ item, quantity, usd, usdBeyondFree }) => {
    const { unit, usd: price, source } = PRICES[item];
    const unitPrice = price.toFixed(12).replace(/\.?0+$/, '');
    return `${columns(dollars(usd), dollars(usdBeyondFree))}  ${unit}: ${formatCount(quantity)} x $${unitPrice} (${source})`;
  });
  const { usd: listPrice, usdBeyondFree: priceBeyondFree } = totals(lines);
  return [
    `${formatCount(usage.searchesPerMonth)} searches a month, ${usage.apiMemoryMb} MB${usage.ownCluster ? ', a cluster of one node' : ''}; list prices of ${PRICES_OF}, US East, without tax`,
    columns('list price', 'beyond free'),
    ...rows,
    `${columns(dollars(listPrice), dollars(priceBeyondFree))}  total`,
    `Assumptions: every search reaches the function and takes ${CALL_SECONDS * 1000} ms there; an answer has ${ANSWER_KB} kB; there is one visit to the page for every ${VISIT.searches} searches, always by a new visitor, who downloads ${VISIT.files} files, ${VISIT.kilobytes} kB.`,
  ].join('\n');
}

function totals(lines: readonly CostLine[]): { usd: number; usdBeyondFree: number } {
  return {
    usd: lines.reduce((sum, line) => sum + line.usd, 0),
    usdBeyondFree: lines.reduce((sum, line) => sum + line.usdBeyondFree, 0),
  };
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

function formatCount(quantity: number): string {
  return quantity >= 100 ? Math.round(quantity).toLocaleString('en-US') : String(Number(quantity.toFixed(2)));
}
