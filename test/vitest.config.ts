import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What a test waits for in a page may take its time on a busy machine; vitest's own second is too short.
    expect: { poll: { timeout: 12_000 } },
    // Two processes: the suites that start servers and a browser must not fight over a small machine's cores.
    maxWorkers: 2,
  },
});
