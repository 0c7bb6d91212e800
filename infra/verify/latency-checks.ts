import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { apiFunctionName, logGroupName } from '../stack/lambda-functions.ts';
import type { StackCheck, UrlCheck } from './check.ts';
import { expect } from './check-outcome.ts';
import { waitFor } from './edge-client.ts';

const WORDS = [
  'tacos',
  'coffee',
  'noodles',
  'burritos',
  'ice cream',
  'falafel',
  'curry',
  'sandwiches',
  'tea',
  'hot dogs',
];

/** Concurrent requests that make Lambda start new processes: each answers one at a time. */
const BURST = 10;

/** `p50 12 ms, p95 40 ms, slowest 45 ms` */
export function describeTimes(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms (${sorted.length} requests)`;
}

export const LATENCY_CHECKS: readonly UrlCheck[] = [
  {
    name: 'warm answers, measured from here',
    proves: 'how long a search takes through CloudFront, connection included',
    needs: 'url',
    run: async ({ edge }) => {
      const measure = async (paths: readonly string[]) => {
        const times = [];
        for (const path of paths) {
          const { status, ms } = await edge.get(path);
          expect(status === 200, `${path}: ${status}`);
          times.push(ms);
        }
        return describeTimes(times);
      };
      const unique = WORDS.map(
        (word, at) => `/search?q=${encodeURIComponent(word)}&limit=${20 + at}&verify=${Date.now()}`,
      );
      const uncached = await measure([...unique, ...unique.map((path) => `${path}a`)]);
      return `from the function: ${uncached}; from the cache: ${await measure([...unique, ...unique])}`;
    },
  },
];

export const COLD_START_CHECKS: readonly StackCheck[] = [
  {
    name: 'cold starts, measured from here and by Lambda',
    proves: 'how long the first visitor waits: on arm64, with the release read from S3',
    needs: ['ApiFunction', 'ApiUrl'],
    run: async ({ edge, stack, clock }) => {
      const startTime = Date.now() - 60_000;
      const burst = Array.from({ length: BURST }, (_, at) =>
        edge.get(`/search?q=burst&limit=${at + 1}&verify=${Date.now()}`),
      );
      const answers = await Promise.all(burst);
      const failed = answers.filter(({ status }) => status !== 200);
      expect(
        failed.length === 0,
        `${failed.length} of ${BURST} failed, with ${failed[0]?.status}: ${failed[0]?.body.slice(0, 100)}`,
      );
      const logGroup = logGroupName(apiFunctionName(stack.name));
      const { value } = await waitFor('report of a cold start in the log', 120, clock, async () => {
        const { events = [] } = await stack.clients.logs.send(
          new FilterLogEventsCommand({ logGroupName: logGroup, startTime, filterPattern: '"Init Duration"' }),
        );
        const found = events.map(({ message = '' }) => /Init Duration: ([\d.]+) ms/.exec(message)?.[1]);
        return found.length > 0 ? found.map(Number) : undefined;
      });
      return `outside: ${describeTimes(answers.map(({ ms }) => ms))}; initialisation by Lambda: ${describeTimes(value)}`;
    },
  },
];
