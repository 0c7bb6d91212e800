import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * moto cannot run functions and the emulator has none of AWS's other APIs: one address for both. Invocations of a function in
 * `functions` go to its emulator, which is started when it is first needed, everything else to moto.
 */
export async function startProxy(
  moto: string,
  functions: ReadonlyMap<string, () => Promise<string>>,
): Promise<{ readonly url: string; refuse(asked: ((body: string) => boolean) | null): void; stop(): void }> {
  let isRefused: ((body: string) => boolean) | null = null;
  const server = createServer(async (incoming, outgoing) => {
    const { url = '/', method, headers } = incoming;
    const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(url) ?? [];
    const target = (await functions.get(name)?.()) ?? `${moto}${url}`;
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const sent = Buffer.concat(parts);
    if (isRefused?.(sent.toString())) {
      const error = '<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not this time</Message></Error>';
      outgoing.writeHead(403, { 'Content-Type': 'text/xml' }).end(`<ErrorResponse>${error}</ErrorResponse>`);
      return;
    }
    const forwarded = request(target, { method, headers }, (answer) => {
      const { 'transfer-encoding': _, ...rest } = answer.headers;
      // The emulator answers a failed function as it answers a good one; Lambda marks it.
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        const failed = functions.has(name) && body.includes('"errorMessage"');
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...rest,
          ...(failed ? { 'x-amz-function-error': 'Unhandled' } : {}),
        });
        outgoing.end(method === 'HEAD' ? undefined : body);
      });
    });
    forwarded.on('error', (error) => outgoing.writeHead(502).end(String(error)));
    forwarded.end(sent);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Requests of which this says so are answered with AccessDenied; `null`: none any more. */
    refuse: (asked) => {
      isRefused = asked;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
