import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { SkipReasons } from './setup/skip-reasons.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const read = (name: string) => readFileSync(`${here}${name}`, 'utf8');
const names = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.ts') && !/(^|\/)node_modules\//.test(name),
);

/** Imports of what starts something real: a browser, a process, a server, a client of the cluster, an emulator of AWS. */
const REAL =
  /(?:from|import) '[./\w-]*\/(browser|server-process|sample-server|cluster|aws-emulators|other-browsers|city-server|serving-fixture|commands|script)\.ts'|from 'node:child_process'/;

/** Fixtures that register hooks when they are imported: among tests that share modules, only the first file would get the hooks. */
const hooked = names
  .filter((name) => !name.endsWith('.test.ts') && /^(?:before|after)(?:All|Each)\(/m.test(read(name)))
  .map((name) => name.replace(/^.*\//, ''));

const isReal = (text: string) => REAL.test(text) || hooked.some((name) => text.includes(`/${name}'`));
const tests = names.filter((name) => name.endsWith('.test.ts'));
const [real, pure] = [true, false].map((wanted) =>
  tests.filter((name) => isReal(read(name)) === wanted).map((name) => `test/${name}`),
);

const both = {
  root: fileURLToPath(new URL('..', import.meta.url)),
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // vitest's default of one second is too short for a page on a busy machine.
  expect: { poll: { timeout: 12_000 } },
};

export default defineConfig({
  test: {
    root: both.root,
    globalSetup: ['test/setup/build-once.ts', 'test/setup/sample-site.ts'],
    reporters: ['default', new SkipReasons()],
    projects: [
      {
        test: {
          ...both,
          name: 'pure',
          include: pure ?? [],
          // Files share loaded modules and compiled code.
          isolate: false,
          maxWorkers: Math.max(2, availableParallelism()),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...both,
          name: 'real',
          include: real ?? [],
          // Each of these suites starts processes of its own, which need cores too.
          maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
          // In CI a test of something real gets a second attempt, and .ci/run names the tests that needed it.
          retry: process.env.CI === 'true' ? 1 : 0,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
