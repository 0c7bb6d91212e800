import type { OpenLoopResult } from '../bench/http/open-loop.ts';
import type { MixedResult } from './mixed-load.ts';
import type { ProbeSample } from './process-probe.ts';
import { percentile, type Slope, slopeOf } from './regression.ts';

export type SoakMeasurements = {
  readonly mixed: MixedResult;
  readonly samples: readonly ProbeSample[];
  readonly swaps: number;
  readonly seconds: number;
  readonly idle: OpenLoopResult;
  readonly once: OpenLoopResult;
  readonly thrice: OpenLoopResult;
  readonly sustainable: number;
  readonly exitCode: number | null;
};

/** The part of a run in which caches fill and code is compiled. */
const WARM_UP = 0.3;
/** Shorter runs say nothing about a slope. */
const MIN_SECONDS_FOR_SLOPE = 150;
/** A leak: the slope is certainly above this, MB an hour. A release of this soak has 1 MB, and one is swapped in every few seconds. */
const LEAK = { heap: 30, rss: 120 };
/** With three times the sustainable load, answers may take this many times as long as on an idle server, at least this long. */
const OVERLOAD = { times: 5, leastMs: 100 };

const MB = 2 ** 20;
const perHour = ({ perSecond, standardError }: Slope) => ({
  slope: (perSecond * 3600) / MB,
  error: (standardError * 3600) / MB,
});

function slopes(samples: readonly ProbeSample[]) {
  const warm = samples.slice(Math.floor(samples.length * WARM_UP));
  const of = (value: (sample: ProbeSample) => number) =>
    perHour(slopeOf(warm.map((sample) => ({ seconds: sample.at / 1000, value: value(sample) }))));
  return { heap: of(({ heap, external }) => heap + external), rss: of(({ rss }) => rss) };
}

/** Every invariant that a run broke. */
export function brokenInvariants({
  mixed,
  samples,
  swaps,
  seconds,
  idle,
  once,
  thrice,
  exitCode,
}: SoakMeasurements): string[] {
  const broken = [...mixed.faults];
  if (mixed.lost > 0) broken.push(`${mixed.lost} requests were lost`);
  if (swaps > 3 && Object.keys(mixed.perRelease).length < 2) broken.push('only one release was served');
  for (const [name, { failed }] of Object.entries({ idle, once, thrice })) {
    if (failed > 0) broken.push(`${failed} requests were lost or wrong at the load "${name}"`);
  }
  if (once.answeredPerSecond === 0 || thrice.answeredPerSecond === 0) broken.push('nothing was answered under load');
  const limit = Math.max(OVERLOAD.leastMs, OVERLOAD.times * idle.p99Ms);
  if (thrice.p99Ms > limit) broken.push(`p99 at 3x is ${thrice.p99Ms.toFixed(1)} ms, more than ${limit.toFixed(1)}`);
  if (seconds >= MIN_SECONDS_FOR_SLOPE) {
    const measured = slopes(samples);
    for (const name of ['heap', 'rss'] as const) {
      const { slope, error } = measured[name];
      if (slope - 2 * error > LEAK[name]) broken.push(`${name} grows by ${slope.toFixed(1)} MB an hour`);
    }
  }
  if (exitCode !== 0) broken.push(`the server ended with ${exitCode}`);
  return broken;
}

/** One line with all numbers. */
export function summary(measurements: SoakMeasurements): string {
  const { mixed, samples, swaps, seconds, idle, once, thrice } = measurements;
  const statuses = Object.entries(mixed.statuses).map(([status, count]) => `${status} ${count}`);
  const { heap, rss } = slopes(samples);
  const last = samples.at(-1);
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  const phase = (name: string, { p99Ms, answeredPerSecond, refusedPerSecond }: OpenLoopResult) =>
    `${name} ${ms(p99Ms)} (${Math.round(answeredPerSecond)} answered and ${Math.round(refusedPerSecond)} refused a second)`;
  const slope = (name: string, { slope: value, error }: { slope: number; error: number }) =>
    `${name} ${value >= 0 ? '+' : ''}${value.toFixed(1)} ± ${error.toFixed(1)} MB/h`;
  return [
    `${mixed.tried} requests in ${Math.round(seconds)} s: ${statuses.join(', ')}, abandoned ${mixed.abandoned}, lost ${mixed.lost}`,
    `${swaps} releases`,
    `${slope('heap and buffers', heap)}, ${slope('RSS', rss)}, at the end ${Math.round((last?.rss ?? 0) / MB)} MB`,
    `loop delay p99 ${ms(
      percentile(
        samples.map(({ loopDelay }) => loopDelay.p99),
        0.5,
      ),
    )}`,
    `p99 of the mix ${ms(percentile(mixed.times, 0.99))}`,
    `p99 ${phase('idle', idle)}, ${phase('at 1x', once)}, ${phase('at 3x', thrice)}`,
    `broken invariants: ${brokenInvariants(measurements).length}`,
  ].join('; ');
}
