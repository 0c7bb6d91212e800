import { type Answer, headerOf } from '../attack/answer-reader.ts';
import { RawConnection } from '../attack/raw-connection.ts';

export type LoadResult = {
  /** Number of responses by status. */
  readonly statuses: Record<number, number>;
  /** Requests on an open connection that got no whole response. */
  lost: number;
  /** Responses that broke a rule. */
  readonly faults: string[];
  slowestMs: number;
};

export type LoadOptions = {
  readonly clients: number;
  /** The target of a client's request number `at`. */
  readonly target: (client: number, at: number) => string;
  /** What is wrong with a response. */
  readonly check?: (answer: Answer, target: string) => string[];
  readonly timeoutMs?: number;
  /** A client that gets `Connection: close` ends, as one behind a load balancer goes to another server. */
  readonly endsOnClose?: boolean;
  readonly pauseMs?: number;
};

/** Clients that each send one request after another on a connection of their own, until they are told to stop. */
export function startLoad(url: string, options: LoadOptions) {
  const { clients, target, check = () => [], timeoutMs = 20_000, endsOnClose = false, pauseMs = 0 } = options;
  const port = Number(new URL(url).port);
  const result: LoadResult = { statuses: {}, lost: 0, faults: [], slowestMs: 0 };
  let isStopped = false;

  async function client(number: number): Promise<void> {
    let connection: RawConnection | null = null;
    for (let at = 0; !isStopped; at++) {
      connection ??= await RawConnection.open(port).catch(() => null);
      // Nobody listens any more.
      if (!connection) return;
      const path = target(number, at);
      const bytes = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
      const { answers, tookMs } = await connection.exchange(bytes, { methods: ['GET'], timeoutMs });
      const [answer] = answers;
      result.slowestMs = Math.max(result.slowestMs, tookMs);
      if (!answer) result.lost++;
      else {
        result.statuses[answer.status] = (result.statuses[answer.status] ?? 0) + 1;
        result.faults.push(...faultsOfStatus(answer), ...check(answer, path));
      }
      if (!answer || headerOf(answer, 'connection') === 'close') {
        connection.close();
        connection = null;
        if (answer && endsOnClose) return;
      }
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    connection?.close();
  }

  const ended = Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return {
    result,
    /** Resolves when all clients have ended by themselves. */
    ended,
    stop: async (): Promise<LoadResult> => {
      isStopped = true;
      await ended;
      return result;
    },
  };
}

function faultsOfStatus(answer: Answer): string[] {
  const { status } = answer;
  if (status === 503) return headerOf(answer, 'retry-after') ? [] : ['503 without Retry-After'];
  return status >= 500 ? [`status ${status}`] : [];
}
