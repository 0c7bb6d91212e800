import { headerOf } from '../attack/answer-reader.ts';
import { RawConnection } from '../attack/raw-connection.ts';
import { percentile } from './regression.ts';

export type OpenLoopResult = {
  readonly wantedPerSecond: number;
  readonly sentPerSecond: number;
  /** Answers with a status of 200. */
  readonly answered: number;
  /** 503 with Retry-After: the server sheds load. */
  readonly shed: number;
  readonly lost: number;
  /** Other statuses. */
  readonly faults: readonly string[];
  readonly p50Ms: number;
  /** Of what was answered with 200. */
  readonly p99Ms: number;
};

const TIMEOUT_MS = 20_000;
/** Connections of all clients together. */
const MAX_CONNECTIONS = 600;

/**
 * Sends requests at a rate, whether or not earlier ones have been answered: a server that is too slow gets more and more of them, as on
 * the open internet. Each request has a connection for itself while it waits.
 */
export async function openLoop(url: string, perSecond: number, seconds: number): Promise<OpenLoopResult> {
  const port = Number(new URL(url).port);
  const idle: RawConnection[] = [];
  const times: number[] = [];
  const faults: string[] = [];
  let [sent, shed, lost, open] = [0, 0, 0, 0];

  async function send(number: number): Promise<void> {
    let connection = idle.pop();
    while (connection?.isClosed) connection = idle.pop();
    if (!connection) {
      if (open >= MAX_CONNECTIONS) return;
      open++;
      connection = await RawConnection.open(port).catch(() => undefined);
      if (!connection) return void open--;
    }
    sent++;
    const lat = (37.71 + (number % 997) / 10_000).toFixed(4);
    const target = `/search?q=tacos&limit=20&lat=${lat}&lon=-122.${400 + (number % 89)}`;
    const bytes = Buffer.from(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    const { answers, tookMs } = await connection.exchange(bytes, { methods: ['GET'], timeoutMs: TIMEOUT_MS });
    const [answer] = answers;
    if (!answer) lost++;
    else if (answer.status === 200) times.push(tookMs);
    else if (answer.status === 503 && headerOf(answer, 'retry-after')) shed++;
    else faults.push(`status ${answer.status}`);
    if (answer && !connection.isClosed && headerOf(answer, 'connection') !== 'close') idle.push(connection);
    else {
      connection.close();
      open--;
    }
  }

  const began = performance.now();
  const pending = new Set<Promise<void>>();
  for (let number = 0; performance.now() - began < seconds * 1000; ) {
    const due = ((performance.now() - began) / 1000) * perSecond;
    // After a pause of this process, all that is due is sent at once.
    for (; number < due; number++) {
      const request = send(number);
      pending.add(request);
      void request.finally(() => pending.delete(request));
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const took = (performance.now() - began) / 1000;
  await Promise.all(pending);
  for (const connection of idle) connection.close();
  return {
    wantedPerSecond: perSecond,
    sentPerSecond: sent / took,
    answered: times.length,
    shed,
    lost,
    faults,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
  };
}
