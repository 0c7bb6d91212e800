import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What becomes of a request: it passes, gets this answer, gets none, or half of its answer and a dead line. */
export type Fate = 'pass' | 'hang' | 'cut' | { readonly status: number; readonly type: string };

export type FaultProxy = {
  readonly url: string;
  /** Requests that came in since the last look. */
  taken(): number;
  /** From now on. */
  decide(fate: (path: string, body: Buffer) => Fate): void;
  /** Refuses connections until {@link up}. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
};

/** Stands before a real server and makes it fail in the ways that networks and clusters do. */
export async function startProxy(target: string): Promise<FaultProxy> {
  let fate: (path: string, body: Buffer) => Fate = () => 'pass';
  let requests = 0;
  const sockets = new Set<Socket>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests++;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const decided = fate(request.url ?? '', body);
    if (decided === 'hang') return;
    if (typeof decided === 'object') {
      const reason = 'secret words of the cluster';
      const { status, type } = decided;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { type, reason }, status }));
      return;
    }
    const { method, headers, url = '/' } = request;
    const onward = forward(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } });
    onward.on('error', () => response.destroy());
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      if (decided === 'pass') answer.pipe(response);
      else
        answer.once('data', (part: Buffer) =>
          response.write(part.subarray(0, part.length / 2), () => response.destroy()),
        );
    });
    onward.end(body);
  }

  let server = createServer();
  async function listen(port: number): Promise<void> {
    server = createServer((request, response) => void handle(request, response).catch(() => response.destroy()));
    server.on('connection', (socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  }
  async function stop(): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }

  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken: () => {
      const count = requests;
      requests = 0;
      return count;
    },
    decide: (next) => {
      fate = next;
    },
    down: stop,
    up: () => listen(port),
    close: async () => {
      if (server.listening) await stop();
    },
  };
}
