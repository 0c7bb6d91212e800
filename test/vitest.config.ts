import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = fileURLToPath(new URL('.', import.meta.url));

/** The fixtures that start something real: a browser, a process, a server, a place in a cluster, what stands in for AWS. */
const REAL =
  /from '[./\w-]*\/(browser|server-process|cluster|aws-emulators|city-server|serving-fixture|commands|script)\.ts'|from 'node:child_process'/;

const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
const [real, pure] = [true, false].map((wanted) =>
  files.filter((name) => REAL.test(readFileSync(`${here}${name}`, 'utf8')) === wanted).map((name) => `test/${name}`),
);

const each = {
  root: fileURLToPath(new URL('..', import.meta.url)),
  testTimeout: 30_000,
  hookTimeout: 60_000,
  // What a test waits for in a page may take its time on a busy machine; vitest's own second is too short.
  expect: { poll: { timeout: 12_000 } },
};

export default defineConfig({
  test: {
    root: each.root,
    globalSetup: ['test/setup/build-once.ts'],
    // Two processes: the suites that start servers and a browser must not fight over a small machine's cores.
    maxWorkers: 2,
    projects: [
      // In CI a test of something real is tried once more, and .ci/run names those that needed it; a pure test is right or wrong.
      { test: { ...each, name: 'real', include: real ?? [], retry: process.env.CI === 'true' ? 1 : 0 } },
      { test: { ...each, name: 'pure', include: pure ?? [] } },
    ],
  },
});
