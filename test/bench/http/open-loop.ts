import { connect, type Socket } from 'node:net';
import { responseLength } from './load-generator.ts';

/** What a server did with requests that arrived at a fixed rate. */
export type OpenLoopResult = {
  readonly answeredPerSecond: number;
  readonly refusedPerSecond: number;
  /** Requests without a response, or with another status than 200 and 503. */
  readonly failed: number;
  /** Of the answered requests, from the planned time of sending. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the refused requests. */
  readonly refusedP99Ms: number;
};

/** Connections that requests are spread over. */
const CONNECTIONS = 256;
/** Time after the last request in which responses still count, milliseconds. */
const GRACE_MS = 5_000;

/**
 * Sends `perSecond` requests a second, however fast the server responds, as many independent clients do. A request that has to wait for a
 * free connection counts from its planned time.
 */
export async function openLoop(
  port: number,
  paths: readonly string[],
  perSecond: number,
  seconds: number,
): Promise<OpenLoopResult> {
  const times: Record<'200' | '503', number[]> = { 200: [], 503: [] };
  let failed = 0;
  let finished = 0;
  const free: Socket[] = [];
  const waiting: number[] = [];
  const send = (socket: Socket & { planned?: number }, planned: number) => {
    socket.planned = planned;
    const path = paths[finished++ % paths.length];
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: */*\r\n\r\n`);
  };
  const sockets = Array.from({ length: CONNECTIONS }, () => {
    const socket: Socket & { planned?: number } = connect(port, '127.0.0.1').setNoDelay(true);
    let held = Buffer.alloc(0);
    socket.on('connect', () => free.push(socket));
    socket.on('error', () => {
      failed += 1;
    });
    socket.on('data', (chunk) => {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const length = responseLength(held);
      if (length === null || held.length < length) return;
      const status = held.toString('latin1', 9, 12);
      if (status === '200' || status === '503') times[status].push(performance.now() - (socket.planned ?? 0));
      else failed += 1;
      held = Buffer.alloc(0);
      const next = waiting.shift();
      if (next === undefined) free.push(socket);
      else send(socket, next);
    });
    return socket;
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  const start = performance.now();
  let planned = 0;
  await new Promise<void>((resolve) => {
    const arrive = () => {
      const elapsed = performance.now() - start;
      for (; planned < Math.min(elapsed, seconds * 1000) * (perSecond / 1000); planned++) {
        const at = start + (planned * 1000) / perSecond;
        const socket = free.shift();
        if (socket) send(socket, at);
        else waiting.push(at);
      }
      if (elapsed > seconds * 1000) return resolve();
      setTimeout(arrive, 1);
    };
    arrive();
  });
  const received = () => times[200].length + times[503].length + failed;
  const end = performance.now() + GRACE_MS;
  while (received() < planned && performance.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  failed += planned - received();
  for (const socket of sockets) socket.destroy();
  const at = (list: number[], part: number) => list.sort((a, b) => a - b)[Math.floor(list.length * part)] ?? Number.NaN;
  return {
    answeredPerSecond: times[200].length / seconds,
    refusedPerSecond: times[503].length / seconds,
    failed,
    p50Ms: at(times[200], 0.5),
    p99Ms: at(times[200], 0.99),
    refusedP99Ms: at(times[503], 0.99),
  };
}
