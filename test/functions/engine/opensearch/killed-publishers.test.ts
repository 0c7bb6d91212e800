import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOpenSearch } from '../../../../functions/engine/opensearch/engine.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { syntheticRelease } from '../../../fixtures/synthetic-release.ts';
import { clusterUrl, noCluster, scratch } from './cluster.ts';

const ROUNDS = 10;
const LEAST_KILLED = 5;
const VENDORS = 3000;

describe.skipIf(noCluster)('a killed publisher', () => {
  const folder = mkdtempSync(`${tmpdir()}/curbside-kill-`);
  const publisher = `${folder}/publisher.mjs`;
  const place = scratch();
  beforeAll(async () => {
    await build({
      entryPoints: ['test/functions/engine/opensearch/publisher.ts'],
      outfile: publisher,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
      },
    });
    await place.sink.publish(syntheticRelease(10), {});
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await place.close();
  });

  /** Publishes this number of vendors and kills the publisher after a while; `null`: lets it finish. */
  async function publish(vendors: number, killAfterMs: number | null): Promise<{ ended: boolean; tookMs: number }> {
    const child = spawn(process.execPath, [publisher, clusterUrl, place.alias, String(vendors)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    await once(child.stdout, 'data');
    const began = performance.now();
    if (killAfterMs !== null) {
      await Promise.race([sleep(killAfterMs), exit]);
      child.kill('SIGKILL');
    }
    await exit;
    return { ended: said.includes('published'), tookMs: performance.now() - began };
  }

  /** Number of vendors of the release that readers get, checked against what a search finds. */
  async function look(): Promise<number> {
    const engine = openOpenSearch(place.client, place.alias)();
    const [before, found, after] = [
      await engine.about(),
      await engine.search({ ...ANYTHING, limit: 1 }),
      await openOpenSearch(place.client, place.alias)().about(),
    ];
    if (after.version !== before.version) return look();
    expect(found.vendors).toBe(before.vendors);
    return before.vendors;
  }

  it('leaves readers a whole release, whenever it is killed', { timeout: 180_000 }, async () => {
    const whole = await publish(VENDORS, null);
    expect(whole.ended).toBe(true);
    let current = VENDORS;
    let killed = 0;
    // The cluster may carry out the last request of a killed publisher after the next one has started.
    const begun: number[] = [];
    let { tookMs } = whole;
    for (let round = 1; round <= ROUNDS || killed < LEAST_KILLED; round++) {
      const vendors = VENDORS + round;
      // At a random moment in each tenth of a publication, and a little past its end.
      const moment = ((((round - 1) % ROUNDS) + Math.random()) / ROUNDS) * tookMs * 1.1;
      const { ended, ...took } = await publish(vendors, moment);
      if (!ended) killed++;
      // The machine is faster now.
      else tookMs = Math.min(tookMs, took.tookMs);
      begun.push(vendors);
      const seen = await look();
      // It may have been killed after it moved the alias and before it said so.
      expect(ended ? [vendors] : [current, ...begun], `killed after ${moment} ms`).toContain(seen);
      if (ended) begun.length = 0;
      current = seen;
    }
    // What killed publishers left does not prevent a publication.
    expect(await place.sink.publish(syntheticRelease(20), {})).toBe('published');
    expect(await openOpenSearch(place.client, place.alias)().about()).toMatchObject({ vendors: 20 });
  });
});
