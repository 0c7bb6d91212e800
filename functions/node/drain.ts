import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpServer } from './http-server.ts';

/** The server is quiet if no request has arrived for this long, milliseconds. */
const QUIET_MS = 150;
/** How long the server waits for quiet after it has drained, milliseconds. */
const LONGEST_NOISE_MS = 1_000;
const POLL_MS = 20;

export type DrainTimes = {
  /** How long connections are still accepted, milliseconds. */
  readonly acceptMs: number;
  /** When all connections are closed at the latest, milliseconds. */
  readonly limitMs: number;
};

/**
 * Stops a server: it accepts connections while load balancers notice, then answers what has arrived, and closes the connections. Every
 * answer ends its connection meanwhile. A connection without a complete request never delays the end.
 */
export async function drain({ server, connections, startDraining, idleMs }: HttpServer, times: DrainTimes) {
  const start = performance.now();
  const elapsed = () => performance.now() - start;
  const isOver = () => elapsed() >= times.limitMs;
  const isQuiet = (sinceMs: number) => Math.min(idleMs(), elapsed() - sinceMs) >= QUIET_MS;
  startDraining();
  // A connection that the kernel has accepted and Node has not would be lost.
  while (!isOver() && elapsed() < times.acceptMs + LONGEST_NOISE_MS) {
    if (elapsed() >= times.acceptMs && isQuiet(0)) break;
    await sleep(POLL_MS);
  }
  const closedMs = elapsed();
  server.close();
  while (!isOver() && connections.open.size > 0) {
    connections.closeIdle();
    if (connections.unanswered() === 0 && isQuiet(closedMs)) break;
    await sleep(POLL_MS);
  }
}
