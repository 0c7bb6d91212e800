import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import { EngineError } from '../engine.ts';
import { reasonOf, statusOf } from './errors.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** Timeout of one health check, milliseconds. */
const CHECK_MS = 5_000;

export type WaitOptions = {
  /** In all, milliseconds; 0: a single try. */
  readonly limitMs: number;
  /** Host and port of the cluster, for messages. */
  readonly host: string;
  /** Is called with one line after each failed try, and when the cluster is ready after a failure. */
  readonly say: (line: string) => void;
};

/**
 * Checks a cluster's health, with growing pauses, until the cluster is ready.
 * @throws EngineError when it is not ready within the limit, or at once when it refuses the sign-in, because waiting does not help.
 */
export async function waitForCluster(client: Client, { limitMs, host, say }: WaitOptions): Promise<void> {
  const start = performance.now();
  let pauseMs = FIRST_PAUSE_MS;
  for (let tries = 1; ; tries++) {
    const leftMs = limitMs - (performance.now() - start);
    const fault = await healthFault(client, Math.max(500, Math.min(CHECK_MS, leftMs)));
    if (fault === null) {
      if (tries > 1) say(`opensearch at ${host} is ready`);
      return;
    }
    const seconds = Math.round((performance.now() - start) / 1000);
    if (fault.isFinal) throw new EngineError(`opensearch at ${host} refuses the sign-in: ${fault.reason}`);
    if (performance.now() - start + pauseMs > limitMs) {
      const attempts = tries === 1 ? '1 try' : `${tries} tries`;
      throw new EngineError(
        `opensearch at ${host} is not ready after ${seconds} s and ${attempts}: ${fault.reason}; start it, or wait longer with --wait`,
      );
    }
    say(`waiting for opensearch at ${host}: try ${tries}, ${seconds} s: ${fault.reason}`);
    await sleep(pauseMs);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}

async function healthFault(client: Client, timeoutMs: number): Promise<{ reason: string; isFinal: boolean } | null> {
  try {
    const { body } = await client.cluster.health({}, { requestTimeout: timeoutMs });
    const { status } = body as { status?: string };
    // Red is good enough: shards of other indices may be missing, and ours are counted before they are read.
    return status === undefined ? { reason: 'it does not report its health', isFinal: false } : null;
  } catch (error) {
    const status = statusOf(error);
    return { reason: reasonOf(error), isFinal: status === 401 || status === 403 };
  }
}
