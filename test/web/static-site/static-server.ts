import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { RunningServer } from '../page-server.ts';

/** What every static server knows without configuration. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.xml': 'text/xml',
};

/** The folder of a site on its host. */
export const SITE_FOLDER = '/some/where/';

export type StaticServer = RunningServer & {
  /** The paths that were requested, without the folder. */
  readonly requested: string[];
};

/** Serves a directory's files under a sub-path, as any static host does: without headers of ours, `index.html` for a folder, and `404.html` for other paths. */
export async function startStaticServer(directory: string, folder = SITE_FOLDER): Promise<StaticServer> {
  const requested: string[] = [];
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const inside = pathname.startsWith(folder) ? decodeURIComponent(pathname.slice(folder.length)) : undefined;
    requested.push(inside ?? pathname);
    const name = normalize(/(?:^|\/)$/.test(inside ?? '..') ? `${inside}index.html` : (inside ?? '..'));
    const file = name.startsWith('..') ? undefined : await readFile(join(directory, name)).catch(() => undefined);
    const type = file ? (TYPES[extname(name)] ?? 'application/octet-stream') : 'text/html';
    response.writeHead(file ? 200 : 404, { 'Content-Type': type });
    response.end(file ?? (await readFile(join(directory, '404.html'))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${folder.slice(0, -1)}`,
    port,
    siteFlags: [],
    requested,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
