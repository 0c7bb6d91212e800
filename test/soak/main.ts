import { parseArgs } from 'node:util';
import { buildProject } from '../../infra/build/build-project.ts';
import { BUILD } from '../fixtures/build-directory.ts';
import { brokenInvariants, summary } from './soak-report.ts';
import { soak } from './soak-run.ts';

/** Runs a server under a mixed load, and fails if an invariant breaks. The last line has all numbers. */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    clients: { type: 'string', default: '4' },
  },
});
const print = (line: string) => process.stdout.write(`${line}\n`);

await buildProject(BUILD);
const seconds = Number(values.minutes) * 60;
const measurements = await soak({
  seconds,
  loadSeconds: Math.min(20, Math.max(5, seconds / 20)),
  swapMs: 5_000,
  clients: Number(values.clients),
  onProgress: print,
});
const broken = brokenInvariants(measurements);
for (const one of broken.slice(0, 20)) print(`broken: ${one}`);
print(summary(measurements));
if (broken.length > 0) process.exitCode = 1;
