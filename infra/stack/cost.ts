import { type Item, PRICES, PRICES_OF } from './prices.ts';

/** What decides the bill. */
export type Usage = {
  readonly searchesPerMonth: number;
  readonly apiMemoryMb: number;
  /** A cluster of our own, by the hour. */
  readonly ownCluster: boolean;
};

export type Line = {
  readonly item: Item;
  readonly quantity: number;
  readonly usd: number;
  readonly usdBeyondFree: number;
};

/** Searches a month for which the price is shown before anything is made. */
export const LEVELS = [10_000, 1_000_000, 10_000_000] as const;

/**
 * What a search means for the bill. All searches reach the function: what the edge answers by itself makes it cheaper. Duration and
 * sizes were measured on a stand-in (see README), and rounded up generously because Lambda's processors are slower.
 */
const CALL_SECONDS = 0.03;
const ANSWER_KB = 12;
/**
 * One visit of the page for so many searches, and what it weighs for somebody new: all that its service worker keeps. It has 17 files
 * and 127 kB compressed (2026-11); whoever comes again downloads next to nothing.
 */
export const VISIT = { searches: 5, kilobytes: 150, files: 20 } as const;
/** What Lambda itself writes for a call: START, END and REPORT. */
const LOG_BYTES = 350;
/** A function that is asked looks for a newer release once a minute; so many run at once on average. */
const MINUTES_PER_MONTH = 43_800;
const FUNCTIONS_AT_ONCE = 2;
const REFRESHES_PER_MONTH = 31;
const HOURS_PER_MONTH = 730;

/** A month's bill, a line for each item. */
export function estimate({ searchesPerMonth, apiMemoryMb, ownCluster }: Usage): Line[] {
  const visits = searchesPerMonth / VISIT.searches;
  const quantities: Record<Item, number> = {
    calls: searchesPerMonth + REFRESHES_PER_MONTH,
    compute: searchesPerMonth * CALL_SECONDS * (apiMemoryMb / 1024) + REFRESHES_PER_MONTH * 60,
    edgeRequests: searchesPerMonth + visits * VISIT.files,
    // It sees each of the page's files on its way out.
    edgeFunctions: visits * VISIT.files,
    edgeGigabytes: (searchesPerMonth * ANSWER_KB + visits * VISIT.kilobytes) / 1e6,
    logGigabytes: (searchesPerMonth * LOG_BYTES) / 1e9,
    alarms: 6,
    metrics: 1,
    dashboards: 1,
    storedGigabytes: 0.1,
    reads: Math.min(searchesPerMonth, MINUTES_PER_MONTH * FUNCTIONS_AT_ONCE),
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

/** The sum for each level, in two lines a person reads before saying yes. */
export function priceLevels(usage: Omit<Usage, 'searchesPerMonth'>): string {
  const rows = LEVELS.map((searchesPerMonth) => {
    const lines = estimate({ ...usage, searchesPerMonth });
    const sum = lines.reduce((total, { usd }) => total + usd, 0);
    const beyond = lines.reduce((total, { usdBeyondFree }) => total + usdBeyondFree, 0);
    return `  ${count(searchesPerMonth).padStart(10)} searches a month: ${dollars(sum)}, or ${dollars(beyond)} while the account's free allowance is unused`;
  });
  return [`Estimated price (list prices of ${PRICES_OF}, US East, without tax):`, ...rows].join('\n');
}

/** The whole computation with its sources. */
export function costReport(usage: Usage): string {
  const lines = estimate(usage);
  const rows = lines.map(({ item, quantity, usd, usdBeyondFree }) => {
    const { unit, usd: price, source } = PRICES[item];
    const sum = `${dollars(usd).padStart(9)} ${dollars(usdBeyondFree).padStart(9)}`;
    return `${sum}  ${count(quantity)} ${unit} x $${Number(price.toPrecision(6))} (${source})`;
  });
  const total = (key: 'usd' | 'usdBeyondFree') => dollars(lines.reduce((sum, line) => sum + line[key], 0)).padStart(9);
  return [
    `${count(usage.searchesPerMonth)} searches a month, ${usage.apiMemoryMb} MB${usage.ownCluster ? ', a cluster of one node' : ''}; list prices of ${PRICES_OF}, US East, without tax`,
    `     list  beyond what is free`,
    ...rows,
    `${total('usd')} ${total('usdBeyondFree')}  together`,
    `Assumed: every search reaches the function and takes ${CALL_SECONDS * 1000} ms there; ${ANSWER_KB} kB an answer; one visit of the page (${VISIT.files} files, ${VISIT.kilobytes} kB) for ${VISIT.searches} searches, each by somebody new.`,
  ].join('\n');
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

function count(quantity: number): string {
  return quantity >= 100 ? Math.round(quantity).toLocaleString('en-US') : String(Number(quantity.toFixed(2)));
}
