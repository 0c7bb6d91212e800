import { type Item, PRICES, PRICES_OF } from './prices.ts';

/** The quantities that determine the bill. */
export type Usage = {
  readonly searchesPerMonth: number;
  readonly apiMemoryMb: number;
  /** Whether the stack has its own OpenSearch cluster, billed by the hour. */
  readonly ownCluster: boolean;
  /** The switches of the template that cost extra. Default: off. */
  readonly dashboard?: boolean;
  readonly metrics?: boolean;
  readonly firewall?: boolean;
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
/** The share of calls that start a function first, and how long that takes. AWS bills it since August 2025; both are rounded up. */
const COLD_START = { share: 0.01, seconds: 0.5 } as const;
/**
 * One visit to the page for this number of searches, and the requests of a first visit besides its searches: the page with its style sheet,
 * its script, its language, the map, the service worker and `/meta`. The second visit saves for offline use the other languages, which are
 * eight small files, and what a search without a server needs: four scripts, the pointer to the release and its index, 125 kB in all. A later
 * one downloads next to nothing, and the index of a new release at most once a day. CloudFront asks S3 on each request whether the files without a hash in their
 * name, the page and the service worker, have changed.
 */
export const VISIT = { searches: 5, kilobytes: 105, files: 6, unhashedFiles: 2 } as const;
/** The START, END and REPORT lines that Lambda logs for each call, and the function's own line. */
const LOG_BYTES = 350 + 600;
/** The keys that add metrics to the function's line. */
const METRICS_LOG_BYTES = 200;
/** The age of the data, for an alarm. */
const METRICS = 1;
/** Of each request: its duration in four status classes, and the cache's hits. */
const REQUEST_METRICS = 5;
/** A running function looks for a newer release every 30 seconds. */
const LOOKS_PER_MONTH = 87_600;
const AVERAGE_CONCURRENCY = 2;
const REFRESHES_PER_MONTH = 31;
const HOURS_PER_MONTH = 730;
const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3_600;

/** Estimates a month's bill, one line for each item. */
export function estimateCost(usage: Usage): CostLine[] {
  const { searchesPerMonth, apiMemoryMb, ownCluster, dashboard = false, metrics = false, firewall = false } = usage;
  const visits = searchesPerMonth / VISIT.searches;
  const edgeRequests = searchesPerMonth + visits * VISIT.files;
  const callSeconds = CALL_SECONDS + COLD_START.share * COLD_START.seconds;
  const quantities: Record<Item, number> = {
    calls: searchesPerMonth + REFRESHES_PER_MONTH,
    compute: searchesPerMonth * callSeconds * (apiMemoryMb / 1024) + REFRESHES_PER_MONTH * 60,
    edgeRequests,
    // One checks the method of each request, and one runs for the page itself.
    edgeFunctions: edgeRequests + visits,
    edgeGigabytes: (searchesPerMonth * ANSWER_KB + visits * VISIT.kilobytes) / 1e6,
    logGigabytes: (searchesPerMonth * (LOG_BYTES + (metrics ? METRICS_LOG_BYTES : 0))) / 1e9,
    alarms: 6,
    metrics: METRICS + (metrics ? REQUEST_METRICS : 0),
    dashboards: dashboard ? 1 : 0,
    firewalls: firewall ? 1 : 0,
    firewallRequests: firewall ? edgeRequests : 0,
    storedGigabytes: 0.1,
    reads: Math.min(searchesPerMonth, LOOKS_PER_MONTH * AVERAGE_CONCURRENCY) + visits * VISIT.unhashedFiles,
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

/**
 * The most that Lambda can cost in a month with `ReservedConcurrency`: all of its calls run all the time, and a function URL accepts ten
 * requests a second for each of them. CloudFront answers, and bills, everything else, so its part has no limit.
 */
export function lambdaCeiling({ concurrency, apiMemoryMb }: { concurrency: number; apiMemoryMb: number }): number {
  const calls = concurrency * 10 * SECONDS_PER_MONTH;
  const gigabyteSeconds = concurrency * SECONDS_PER_MONTH * (apiMemoryMb / 1024);
  return calls * PRICES.calls.usd + gigabyteSeconds * PRICES.compute.usd;
}

/** What a month of this many requests a second costs at CloudFront, each with an answer to a search. */
export function edgeCostOf(requestsPerSecond: number): number {
  const requests = requestsPerSecond * SECONDS_PER_MONTH;
  const perRequest = PRICES.edgeRequests.usd + PRICES.edgeFunctions.usd;
  return requests * (perRequest + (ANSWER_KB / 1e6) * PRICES.edgeGigabytes.usd);
}

/** The limits of the bill. */
export function ceilingReport({ concurrency, apiMemoryMb }: { concurrency: number; apiMemoryMb: number }): string {
  return [
    `ReservedConcurrency=${concurrency} limits Lambda to ${dollars(lambdaCeiling({ concurrency, apiMemoryMb }))} a month. CloudFront's part has no limit:`,
    `1,000 requests a second, day and night, cost ${dollars(edgeCostOf(1_000))} a month. A flat-rate plan of CloudFront limits it; see Costs in infra/README.md.`,
  ].join('\n');
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
    `${formatCount(usage.searchesPerMonth)} searches a month, ${usage.apiMemoryMb} MB${usage.ownCluster ? ', a cluster of one node' : ''}${switches(usage)}; list prices of ${PRICES_OF}, US East, without tax`,
    columns('list price', 'beyond free'),
    ...rows,
    `${columns(dollars(listPrice), dollars(priceBeyondFree))}  total`,
    `Assumptions: every search reaches the function and takes ${CALL_SECONDS * 1000} ms there; one call in ${1 / COLD_START.share} starts a function first, for ${COLD_START.seconds * 1000} ms; an answer has ${ANSWER_KB} kB; there is one visit to the page for every ${VISIT.searches} searches, always by a new visitor, who downloads ${VISIT.files} files, ${VISIT.kilobytes} kB.`,
  ].join('\n');
}

function switches({ dashboard, metrics, firewall }: Usage): string {
  const names = { 'a dashboard': dashboard, 'metrics of requests': metrics, 'a firewall': firewall };
  return Object.entries(names)
    .map(([name, isOn]) => (isOn ? `, ${name}` : ''))
    .join('');
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
