import type { Config } from '../config/config.ts';

/** Most threads without a setting: each needs memory, and one process has one thread for HTTP. */
const MOST = 4;

/**
 * The number of threads that answer searches. With a cluster there are none: it has its own, and its copy here answers only while it is
 * down.
 * @param cores that this process may use
 */
export function threadCount({ threads, cluster }: Pick<Config, 'threads' | 'cluster'>, cores: number): number {
  if (cluster) return 0;
  return threads === 'auto' ? Math.min(cores - 1, MOST) : threads;
}
