import { benchNodeVersion } from '../bench-node.ts';
import { machine } from '../engines/table.ts';
import { load } from './load-generator.ts';
import { type OpenLoopResult, openLoop } from './open-loop.ts';
import { VARIED } from './paths.ts';

type Started = { readonly port: number; readonly data: string };

/**
 * The server with its default limits at a tenth, at all and at three times of the rate that it can sustain, and the same server without
 * limits. The sustainable rate is that of 16 connections which send their next request after each response.
 * @param seconds of each measurement
 */
export async function measureOverload(limited: Started, unlimited: Started, seconds: number): Promise<string> {
  for (const { port } of [unlimited, limited]) await openLoop(port, VARIED, 500, 5);
  const { perSecond } = await load(unlimited.port, VARIED, seconds, 16);
  const runs: [name: string, port: number, share: number][] = [
    ['0.1x', limited.port, 0.1],
    ['0.6x', limited.port, 0.6],
    ['1x', limited.port, 1],
    ['1.8x: three times 0.6x', limited.port, 1.8],
    ['3x', limited.port, 3],
    ['0.1x again, after it', limited.port, 0.1],
    ['3x without limits', unlimited.port, 3],
  ];
  const results: [string, OpenLoopResult][] = [];
  for (const [name, port, share] of runs)
    results.push([name, await openLoop(port, VARIED, perSecond * share, seconds)]);
  const idle = results[0]?.[1].p99Ms ?? Number.NaN;
  return [
    `Overload on ${limited.data}, ${machine(benchNodeVersion())}: 500 varied searches without the cache; the sustainable rate is ${perSecond.toFixed(0)} a second`,
    '',
    '| rate | answered a second | 503 a second | failed | p50, ms | p99, ms | p99 of 0.1x | p99 of a 503, ms |',
    '|---|---|---|---|---|---|---|---|',
    ...results.map(
      ([name, { answeredPerSecond, refusedPerSecond, failed, p50Ms, p99Ms, refusedP99Ms }]) =>
        `| ${name} | ${answeredPerSecond.toFixed(0)} | ${refusedPerSecond.toFixed(0)} | ${failed} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} | ${(p99Ms / idle).toFixed(1)} | ${refusedP99Ms.toFixed(1)} |`,
    ),
  ].join('\n');
}
