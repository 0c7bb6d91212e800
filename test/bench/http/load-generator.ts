import { connect } from 'node:net';

/** A server's throughput and latency. */
export type Load = {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly bytes: number;
};

/**
 * Sends requests as fast as a server responds, one at a time on each connection. The client parses only the length of a response, so
 * that it does not limit the server.
 * @throws Error if a status is not 200
 */
export async function load(port: number, paths: readonly string[], seconds: number, connections = 16): Promise<Load> {
  const times: number[] = [];
  let bytes = 0;
  let next = 0;
  const end = performance.now() + seconds * 1000;
  /** Sends requests on one connection until it closes. False: there is time for another connection. */
  const useConnection = () =>
    new Promise<boolean>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let started = 0;
      let held = Buffer.alloc(0);
      const send = () => {
        const path = paths[next++ % paths.length];
        started = performance.now();
        socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: */*\r\n\r\n`);
      };
      socket.setNoDelay(true).on('connect', send).on('error', reject);
      // Flask's server closes the connection after each response.
      socket.on('close', () => resolve(performance.now() >= end));
      socket.on('data', (chunk) => {
        held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
        const length = responseLength(held);
        if (length === null || held.length < length) return;
        if (!held.subarray(9, 12).equals(OK)) return reject(new Error(held.subarray(0, 200).toString()));
        times.push(performance.now() - started);
        bytes += length;
        const closes = held.subarray(0, 1000).includes('Connection: close');
        held = Buffer.alloc(0);
        if (closes || performance.now() >= end) socket.destroy();
        else send();
      });
    });
  const one = async () => {
    while (!(await useConnection()));
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  const took = (performance.now() - start) / 1000;
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor(times.length * part)] ?? Number.NaN;
  return {
    answers: times.length,
    perSecond: times.length / took,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    bytes: bytes / times.length,
  };
}

const OK = Buffer.from('200');
const HEAD_END = Buffer.from('\r\n\r\n');
const CHUNKS_END = Buffer.from('0\r\n\r\n');

/** Length of a response in bytes; `null` until it is known. */
export function responseLength(held: Buffer): number | null {
  const head = held.indexOf(HEAD_END);
  if (head < 0) return null;
  const text = held.toString('latin1', 0, head).toLowerCase();
  const [, length] = /\r\ncontent-length: (\d+)/.exec(text) ?? [];
  if (length !== undefined) return head + 4 + Number(length);
  return held.subarray(held.length - 5).equals(CHUNKS_END) ? held.length : null;
}
