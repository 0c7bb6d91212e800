import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import type { Release } from '../../../../functions/model/release.ts';
import type { PageSearch } from './page-searches.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
};
const PAGE =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';

export type MeasuredServer = {
  readonly url: string;
  /** Bytes of bodies that were sent since the last call, as they were sent. */
  takeBytes(): number;
  stop(): void;
};

/** Serves each search in a folder of its number, compressed where a static host would compress, and the API at the root. */
export async function serveSearches(release: Release, searches: readonly PageSearch[]): Promise<MeasuredServer> {
  const files = new Map<string, ReturnType<typeof compressed>>(
    searches.flatMap(({ files: own }, at) =>
      [...own, ['', PAGE] as const].map(([path, content]) => [`/${at}/${path}`, compressed(path, content)] as const),
    ),
  );
  const engine = openEmbedded(release);
  const api = getRequestListener(createApp({ engine: () => engine, tiles: null, log: () => {} }).fetch);
  let bytes = 0;
  const server = createServer((request, response) => {
    // Pagefind adds the time to some of its addresses.
    const path = (request.url ?? '/').replace(/\?.*/, '');
    const file = files.get(path);
    if (path.startsWith('/search')) {
      const end = response.end.bind(response);
      response.end = ((body?: Uint8Array | string, ...more: []) => {
        bytes += body === undefined ? 0 : Buffer.byteLength(body);
        return end(body, ...more);
      }) as typeof response.end;
      return void api(request, response);
    }
    if (!file) return void response.writeHead(404).end();
    bytes += file.body.length;
    response.writeHead(200, file.headers).end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeBytes: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function compressed(path: string, content: Uint8Array | string): { headers: Record<string, string>; body: Uint8Array } {
  const type = path === '' ? 'text/html' : TYPES[extname(path)];
  const headers = { 'Content-Type': type ?? 'application/octet-stream', 'Cache-Control': 'max-age=600' };
  if (!type) return { headers, body: Buffer.from(content) };
  return { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: gzipSync(content, { level: 9 }) };
}
