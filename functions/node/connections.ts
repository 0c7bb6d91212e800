import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The state of one open connection. */
type Connection = {
  /** Requests that were received, and whose answers have not been sent whole. */
  unanswered: number;
  /** The current response and the previous one. */
  outgoing: ServerResponse | null;
  previous: ServerResponse | null;
  /** Whether it was opened when there were too many. */
  isExcess: boolean;
  /** When the client had read a second's worth of bytes, and all bytes sent until then; `null`: it has read everything. */
  progress: { readonly at: number; readonly sent: number } | null;
};

/** A client that reads less than this, bytes a second, is disconnected. A telephone of the second generation reads 4 kB a second. */
const MIN_BYTES_PER_SECOND = 1_024;

/** The open connections of a server. */
export function createConnections(writeTimeoutMs: number, onSlowReader: () => void) {
  const open = new Map<Socket, Connection>();
  let unsentBytes = 0;
  const minBytes = (writeTimeoutMs / 1000) * MIN_BYTES_PER_SECOND;

  function answered(this: ServerResponse): void {
    const connection = open.get(this.req.socket);
    if (connection) connection.unanswered -= 1;
  }

  /** Disconnects a client that has not read `minBytes` in the write timeout, and counts the bytes that wait for the others. */
  function sweep(now = performance.now()): void {
    let total = 0;
    for (const [socket, connection] of open) {
      const { writableLength } = socket;
      total += writableLength;
      if (writableLength === 0) {
        connection.progress = null;
        continue;
      }
      const sent = sentBytes(socket);
      const { progress } = connection;
      if (progress === null || sent - progress.sent >= minBytes) connection.progress = { at: now, sent };
      else if (now - progress.at >= writeTimeoutMs) {
        onSlowReader();
        socket.destroy();
      }
    }
    unsentBytes = total;
  }

  return {
    open,
    add(socket: Socket, isExcess: boolean): void {
      open.set(socket, { unanswered: 0, outgoing: null, previous: null, isExcess, progress: null });
      socket.once('close', () => open.delete(socket));
    },
    /** Counts a request until its answer is sent. */
    track(socket: Socket, outgoing: ServerResponse): Connection | undefined {
      const connection = open.get(socket);
      if (!connection) return undefined;
      connection.unanswered += 1;
      connection.previous = connection.outgoing;
      connection.outgoing = outgoing;
      outgoing.on('close', answered);
      return connection;
    },
    sweep,
    /** Bytes of answers that clients had not read at the last sweep. */
    unsentBytes: () => unsentBytes,
    /** Requests without a complete answer. */
    unanswered: () => [...open.values()].reduce((sum, { unanswered }) => sum + unanswered, 0),
    /**
     * Closes the connections that have had an answer and wait for a request. Node's own `closeIdleConnections` also cuts connections whose
     * last answer is still being sent (Node 20 and 24).
     */
    closeIdle(): void {
      for (const [socket, { unanswered, outgoing }] of open) if (unanswered === 0 && outgoing) socket.destroy();
    },
    /** Lets pending answers end their connections. */
    closeAfterAnswers(): void {
      for (const { outgoing } of open.values()) if (outgoing && !outgoing.headersSent) outgoing.shouldKeepAlive = false;
    },
    destroyAll(): void {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}
export type Connections = ReturnType<typeof createConnections>;

/**
 * Bytes that the kernel has taken. Node's public counters include what waits in libuv's queue, which can be a whole answer: its own
 * `socket.setTimeout` subtracts the same private number.
 */
function sentBytes(socket: Socket): number {
  const { _handle: handle } = socket as unknown as { _handle: { bytesWritten: number; writeQueueSize: number } | null };
  return handle ? handle.bytesWritten - handle.writeQueueSize : 0;
}
