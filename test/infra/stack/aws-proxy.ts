import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Starts a proxy that combines moto, which cannot run functions, with the Lambda emulator. It forwards invocations of
 * `functions` to their emulators, which start at the first invocation, and all other requests to moto.
 */
export async function startProxy(
  moto: string,
  functions: ReadonlyMap<string, () => Promise<string>>,
): Promise<{ readonly url: string; refuse(predicate: ((body: string) => boolean) | null): void; stop(): void }> {
  let isRefused: ((body: string) => boolean) | null = null;
  const server = createServer(async (incoming, outgoing) => {
    const { url = '/', method, headers } = incoming;
    const [, name = ''] = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(url) ?? [];
    const target = (await functions.get(name)?.()) ?? `${moto}${url}`;
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    if (isRefused?.(body.toString())) {
      const error = '<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not this time</Message></Error>';
      outgoing.writeHead(403, { 'Content-Type': 'text/xml' }).end(`<ErrorResponse>${error}</ErrorResponse>`);
      return;
    }
    const forwarded = request(target, { method, headers }, (answer) => {
      const { 'transfer-encoding': _, ...rest } = answer.headers;
      // Unlike Lambda, the emulator does not mark the answer of a failed function.
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const answerBody = withoutOtherCharacters(Buffer.concat(chunks));
        const failed = functions.has(name) && answerBody.includes('"errorMessage"');
        outgoing.writeHead(answer.statusCode ?? 502, {
          ...rest,
          'content-length': answerBody.length,
          ...(failed ? { 'x-amz-function-error': 'Unhandled' } : {}),
        });
        outgoing.end(method === 'HEAD' ? undefined : answerBody);
      });
    });
    forwarded.on('error', (error) => outgoing.writeHead(502).end(String(error)));
    forwarded.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Answers requests whose body satisfies the predicate with AccessDenied; `null` for none. */
    refuse: (predicate) => {
      isRefused = predicate;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** CloudFormation returns a question mark for each character outside ASCII in a parameter's value; moto returns the character. */
function withoutOtherCharacters(body: Buffer): Buffer {
  if (!body.includes('<DescribeStacksResponse')) return body;
  return Buffer.from(body.toString().replace(/\P{ASCII}/gu, '?'));
}
