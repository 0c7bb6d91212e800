import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { buildProject } from '../../infra/build/build-project.ts';
import { BUILD } from '../fixtures/build-directory.ts';
import { startServer } from '../fixtures/server-process.ts';
import { clusterUrl, noCluster, scratch } from '../functions/engine/opensearch/cluster.ts';
import type { AttackReport } from './attack-report.ts';
import { attack, CLUSTER_MS, describeApi, EMBEDDED_MS } from './attack-run.ts';
import { faultsOfLog } from './log-rules.ts';

/** Attacks a server with each engine. Fails if an invariant is broken, and prints the smallest request that breaks it. */
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Sends one request of the seed again. */
    only: { type: 'string' },
    engine: { type: 'string', default: 'both' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);

const folder = mkdtempSync(`${tmpdir()}/curbside-attack-`);
try {
  await buildProject(BUILD);
  const isWanted = (engine: string) => values.engine === 'both' || values.engine === engine;
  if (isWanted('embedded')) await attackServer('embedded', []);
  if (isWanted('opensearch') && noCluster)
    print('opensearch: not attacked; start a real OpenSearch and set OPENSEARCH_URL=http://127.0.0.1:9200');
  else if (isWanted('opensearch')) await attackCluster();
} finally {
  rmSync(folder, { recursive: true });
}

async function attackCluster(): Promise<void> {
  const place = scratch();
  const args = ['--engine', 'opensearch', '--opensearch-url', clusterUrl, '--opensearch-alias', place.alias];
  try {
    await attackServer('opensearch', args);
  } finally {
    await place.close();
  }
}

async function attackServer(name: string, args: string[]): Promise<void> {
  // The test is a proxy whose request ids the server repeats.
  const proxy = ['--trusted-proxies', '127.0.0.0/8'];
  const server = await startServer(['--refresh', 'off', '--data-dir', `${folder}/data`, ...proxy, ...args]);
  let printed = 0;
  const printNew = (report: AttackReport) => {
    if (report.findings.length > printed) print(report.details(printed));
    printed = report.findings.length;
  };
  try {
    const report = await attack({
      port: Number(new URL(server.url).port),
      api: await describeApi(server.url),
      requests: Number(values.requests),
      seed: Number(values.seed),
      ...(values.only === undefined ? {} : { only: Number(values.only) }),
      connections: 8,
      fastMs: name === 'opensearch' ? CLUSTER_MS : EMBEDDED_MS,
      onProgress: (sofar) => {
        printNew(sofar);
        print(`${name}: ${sofar.tried} requests, ${sofar.findings.length} faults`);
      },
    });
    printNew(report);
    finish(name, report, faultsOfLog(server.said()));
  } finally {
    await server.stop();
  }
}

function finish(name: string, report: AttackReport, faultsOfOutput: readonly string[]): void {
  for (const fault of faultsOfOutput) print(`in the server's output: ${fault}`);
  print(`${name}: ${report.summary()}`);
  if (report.findings.length + faultsOfOutput.length + report.lost + report.serverErrors > 0) process.exitCode = 1;
}
