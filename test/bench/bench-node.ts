import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Version 24 of this folder's packages. */
const NODE_24 = 'test/bench/node_modules/node/bin/node';

/** The Node that runs what is measured: version 24 if this folder's packages are installed, otherwise the one that runs the bench. */
export const BENCH_NODE = existsSync(NODE_24) ? NODE_24 : process.execPath;

/** The version of the Node that runs what is measured. */
export function benchNodeVersion(): string {
  return execFileSync(BENCH_NODE, ['--version'], { encoding: 'utf8' }).trim();
}
