import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@opensearch-project/opensearch';
import { EngineError } from '../engine.ts';
import { reasonOf, statusOf } from './errors.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;
/** One look at a cluster that is starting. */
const LOOK_MS = 5_000;

export type WaitOptions = {
  /** In all, milliseconds; 0: one try. */
  readonly limitMs: number;
  /** Where the cluster is, without credentials. */
  readonly place: string;
  readonly say: (line: string) => void;
};

/**
 * Waits until a cluster can answer: its health is asked again and again with growing pauses, and each try is said.
 * @throws EngineError when it cannot by the limit, or when it refuses who asks, which no waiting changes.
 */
export async function waitForCluster(client: Client, { limitMs, place, say }: WaitOptions): Promise<void> {
  const started = performance.now();
  let pauseMs = FIRST_PAUSE_MS;
  for (let tries = 1; ; tries++) {
    const leftMs = limitMs - (performance.now() - started);
    const fault = await healthFault(client, Math.max(500, Math.min(LOOK_MS, leftMs)));
    if (fault === null) {
      if (tries > 1) say(`opensearch at ${place} answers`);
      return;
    }
    const seconds = Math.round((performance.now() - started) / 1000);
    if (fault.isFinal) throw new EngineError(`opensearch at ${place} refuses: ${fault.reason}`);
    if (performance.now() - started + pauseMs > limitMs) {
      throw new EngineError(
        `opensearch at ${place} is not ready after ${seconds} s and ${tries} tries: ${fault.reason}; start it, or wait longer with --wait`,
      );
    }
    say(`waiting for opensearch at ${place}: try ${tries}, ${seconds} s: ${fault.reason}`);
    await sleep(pauseMs);
    pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}

async function healthFault(client: Client, timeoutMs: number): Promise<{ reason: string; isFinal: boolean } | null> {
  try {
    const { body } = await client.cluster.health({}, { requestTimeout: timeoutMs });
    const { status } = body as { status?: string };
    // Red: shards are missing, of other indices perhaps; ours is counted before it is read.
    return status === undefined ? { reason: 'it says no health', isFinal: false } : null;
  } catch (error) {
    const status = statusOf(error);
    return { reason: reasonOf(error), isFinal: status === 401 || status === 403 };
  }
}
