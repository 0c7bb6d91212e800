import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startServer } from '../fixtures/server-process.ts';
import { clusterUrl, noCluster, scratch } from '../functions/engine/opensearch/cluster.ts';
import { attack, CLUSTER_MS, describeApi, EMBEDDED_MS } from './attack-run.ts';
import { faultsOfLog } from './log-rules.ts';

/** The short form of `npm run test:attack`, which has another seed each time. Here a failure must be that of the change under test. */
const SEED = Number(process.env.ATTACK_SEED ?? 20_261_126);

const folder = mkdtempSync(`${tmpdir()}/curbside-attack-`);
afterAll(() => rmSync(folder, { recursive: true }));
/** The test is a proxy whose request ids the server repeats. */
const OFFLINE = ['--refresh', 'off', '--data-dir', `${folder}/data`, '--trusted-proxies', '127.0.0.0/8'];

/** Fails with the smallest request of each fault. */
async function expectNoFault(server: Running, requests: number, fastMs: number): Promise<void> {
  const report = await attack({
    port: Number(new URL(server.url).port),
    api: await describeApi(server.url),
    requests,
    seed: SEED,
    fastMs,
  });
  expect(report.details(), report.summary()).toBe('');
  expect([report.lost, report.serverErrors, report.tried]).toEqual([0, 0, requests]);
  expect(faultsOfLog(server.said())).toEqual([]);
}

describe('hostile requests', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer(OFFLINE);
  });
  afterAll(() => server.stop());

  it('get right answers or clear errors, and harm no other caller', { timeout: 120_000 }, () =>
    expectNoFault(server, 1_200, EMBEDDED_MS),
  );
});

describe.skipIf(noCluster)('hostile requests to a server with a cluster', () => {
  const place = scratch();
  let server: Running;
  beforeAll(async () => {
    const cluster = ['--engine', 'opensearch', '--opensearch-url', clusterUrl, '--opensearch-alias', place.alias];
    server = await startServer([...OFFLINE, ...cluster]);
  });
  afterAll(async () => {
    await server.stop();
    await place.close();
  });

  it('get right answers or clear errors, and harm no other caller', { timeout: 120_000 }, () =>
    expectNoFault(server, 300, CLUSTER_MS),
  );
});
