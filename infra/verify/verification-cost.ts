import { estimateCost } from '../stack/cost.ts';

const HOURS_PER_MONTH = 730;

/**
 * What a verification cost at most, in one sentence. What is billed by the month counts for whole hours: alarms, the dashboard, metrics.
 * @param requests the requests that the checks sent
 */
export function verificationCost(requests: number, hours: number): string {
  const sum = (searchesPerMonth: number) =>
    estimateCost({ searchesPerMonth, apiMemoryMb: 512, ownCluster: false }).reduce((total, { usd }) => total + usd, 0);
  const [idle, busy] = [sum(0), sum(1_000_000)];
  const usd = (idle * Math.ceil(hours)) / HOURS_PER_MONTH + ((busy - idle) / 1_000_000) * requests;
  return `estimated cost at list prices: $${usd.toFixed(2)} (${requests} requests, ${Math.ceil(hours)} h)`;
}
