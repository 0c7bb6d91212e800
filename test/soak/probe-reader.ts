import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { ProbeSample } from './process-probe.ts';

/** Builds the probe, and returns the environment of a server that has it, and a function that takes a measurement. */
export async function createProbe(folder: string) {
  const outfile = `${folder}/process-probe.mjs`;
  const file = `${folder}/samples.jsonl`;
  const entryPoints = ['test/soak/process-probe.ts'];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'warning' });
  const samples = (): ProbeSample[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .flatMap((line) => (line === '' ? [] : [JSON.parse(line) as ProbeSample]))
      : [];
  return {
    env: { NODE_OPTIONS: `--import=${pathToFileURL(outfile)}`, SOAK_PROBE_FILE: file },
    samples,
    /** @throws Error if the process does not answer in 10 s */
    measure: async (process: { kill(signal: 'SIGUSR2'): boolean }): Promise<ProbeSample> => {
      const before = samples().length;
      process.kill('SIGUSR2');
      for (let waited = 0; waited < 10_000; waited += 10) {
        const sample = samples()[before];
        if (sample) return sample;
        await sleep(10);
      }
      throw new Error('the server did not measure itself in 10 s');
    },
  };
}
