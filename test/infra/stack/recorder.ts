import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Recorded = {
  readonly method: string;
  /** Decoded, without the query. */
  readonly path: string;
  readonly query: string;
  readonly authorization: string;
};

/** Stands before a server, passes everything on, and remembers what was asked. */
export async function startRecorder(
  target: string,
): Promise<{ readonly url: string; readonly seen: Recorded[]; stop(): void }> {
  const seen: Recorded[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const { pathname, search } = new URL(url, target);
    seen.push({
      method,
      path: decodeURIComponent(pathname),
      query: search,
      authorization: headers.authorization ?? '',
    });
    const onward = request(new URL(url, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
