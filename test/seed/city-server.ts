import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One row of a data set; `id` is Socrata's hidden row id, by which `$order=:id` sorts. */
export type CityRow = { readonly id: string; readonly cells: Readonly<Record<string, unknown>> };

/** A fault of one answer. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string; readonly body?: string }
  /** The right answer after a delay. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection breaks after half of the body. */
  | { readonly kind: 'cut' }
  /** Content-Length is smaller than the body. */
  | { readonly kind: 'short-length' }
  /** Half of the body, with valid HTTP. */
  | { readonly kind: 'half' }
  /** The connection breaks before the answer. */
  | { readonly kind: 'drop' }
  | { readonly kind: 'html' }
  | { readonly kind: 'empty' }
  /** Content-Length is far beyond the limit for a source. */
  | { readonly kind: 'huge' };

export type SeenRequest = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  status: number;
};

const HTML =
  '<!DOCTYPE html><html><head><title>Scheduled maintenance</title></head><body><p>Back soon.</p></body></html>';
/** Socrata's limit without `$limit`. */
const DEFAULT_ROWS = 1000;

/**
 * A server on 127.0.0.1 that answers as a Socrata portal does: `/resource/ID.json` and `.csv` with `$limit`, `$offset`, `$order`,
 * `ETag`, `Last-Modified` and 304; other paths are files. Real HTTP, so that the tests run the real client code.
 */
export async function startCityServer() {
  const sets = new Map<string, { rows: CityRow[]; modified: Date }>();
  const files = new Map<string, { body: Uint8Array; type: string }>();
  const requests: SeenRequest[] = [];
  const faults: Fault[] = [];
  let garbage: Uint8Array | undefined;
  const behaviour = {
    /** Compress answers, as the real portals do. */
    gzip: false,
    /** Send ETag and Last-Modified. */
    validators: true,
    /** The server's own limit for a page. */
    mostRows: 50_000,
    /** Called before each answer with the number of requests so far; may change a data set between two pages. */
    before: undefined as ((count: number) => void) | undefined,
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const seen: SeenRequest = { path: url.pathname, query: url.searchParams, headers: request.headers, status: 0 };
    requests.push(seen);
    behaviour.before?.(requests.length);
    response.on('close', () => {
      seen.status = response.statusCode;
    });
    const fault = faults.shift();
    if (fault?.kind === 'slow') setTimeout(() => answer(url, request, response, undefined), fault.ms).unref();
    else answer(url, request, response, fault);
  });

  function answer(url: URL, request: IncomingMessage, response: ServerResponse, fault: Fault | undefined): void {
    if (fault?.kind === 'drop') {
      request.socket.destroy();
      return;
    }
    if (fault?.kind === 'status') {
      if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
      response.writeHead(fault.status).end(fault.body ?? '{"error":true,"message":"the portal is busy"}');
      return;
    }
    if (fault?.kind === 'html') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(HTML);
      return;
    }
    if (fault?.kind === 'empty') {
      response.writeHead(200, { 'content-type': 'application/json' }).end();
      return;
    }
    if (fault?.kind === 'huge') {
      response.writeHead(200, { 'content-length': 10_000_000_000 }).write('[');
      return;
    }
    const content = garbage ? { body: garbage, type: 'text/csv' } : contentOf(url);
    if (!content) {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end('{"code":"dataset.missing","error":true,"message":"Not found"}');
      return;
    }
    const etag = `"${createHash('sha256').update(content.body).digest('hex').slice(0, 20)}"`;
    response.setHeader('content-type', content.type);
    if (behaviour.validators) response.setHeader('etag', etag);
    if (behaviour.validators && content.modified) response.setHeader('last-modified', content.modified.toUTCString());
    if (behaviour.validators && request.headers['if-none-match'] === etag) {
      response.writeHead(304).end();
      return;
    }
    const { body } = content;
    if (fault?.kind === 'half') {
      response.end(body.subarray(0, body.length >> 1));
    } else if (fault?.kind === 'cut') {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, body.length >> 1), () => request.socket.destroy());
    } else if (fault?.kind === 'short-length') {
      response.writeHead(200, { 'content-length': body.length >> 1 });
      response.end(body);
    } else if (behaviour.gzip) {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
    } else {
      response.writeHead(200, { 'content-length': body.length }).end(body);
    }
  }

  function contentOf(url: URL): { body: Uint8Array; type: string; modified?: Date } | undefined {
    const [, id, extension] = /^\/resource\/([a-z0-9]{4}-[a-z0-9]{4})\.(json|csv)$/.exec(url.pathname) ?? [];
    const set = sets.get(id ?? '');
    if (!set) return files.get(url.pathname);
    const sorted = [...set.rows];
    // Socrata guarantees no order by default: reversed rows expose a reader that relies on one.
    if (url.searchParams.get('$order')?.endsWith(':id')) sorted.sort((a, b) => (a.id < b.id ? -1 : 1));
    else sorted.reverse();
    const offset = Number(url.searchParams.get('$offset') ?? 0);
    const limit = Math.min(Number(url.searchParams.get('$limit') ?? DEFAULT_ROWS), behaviour.mostRows);
    const page = sorted.slice(offset, offset + limit).map(({ cells }) => cells);
    const names = [...new Set(set.rows.flatMap(({ cells }) => Object.keys(cells)))];
    return extension === 'csv'
      ? { body: Buffer.from(socrataCsv(names, page)), type: 'text/csv', modified: set.modified }
      : { body: Buffer.from(`${JSON.stringify(page)}\n`), type: 'application/json', modified: set.modified };
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    faults,
    behaviour,
    /** Publishes or changes a data set. */
    publish: (id: string, rows: readonly CityRow[]) => {
      sets.set(id, { rows: [...rows], modified: new Date(Math.floor(Date.now() / 1000) * 1000) });
    },
    publishFile: (path: string, body: Uint8Array, type = 'application/octet-stream') => files.set(path, { body, type }),
    /** Answers every request with this body; `undefined` ends it. */
    publishGarbage: (body: Uint8Array | undefined) => {
      garbage = body;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type CityServer = Awaited<ReturnType<typeof startCityServer>>;

/** The rows of a real snapshot as in the API: names in lower case, no blank cells, each with an id. */
export function snapshotRows(path: string): CityRow[] {
  const text = readFileSync(path, 'utf8');
  const records: Record<string, unknown>[] = text.startsWith('[')
    ? JSON.parse(text)
    : parse(text, { columns: (names: string[]) => names.map((name) => name.toLowerCase()) });
  return records.map((record, i) => {
    const cells = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''));
    // As in Socrata, the order of the ids is not the order of the file.
    const id = createHash('sha256').update(String(i)).digest('hex').slice(0, 9);
    return { id: `row-${id.slice(0, 4)}.${id.slice(4)}`, cells };
  });
}

/** Socrata's CSV export through the API: every field quoted. */
function socrataCsv(names: readonly string[], page: readonly Readonly<Record<string, unknown>>[]): string {
  const quote = (value: unknown) =>
    `"${(typeof value === 'object' && value ? JSON.stringify(value) : String(value ?? '')).replaceAll('"', '""')}"`;
  return [names, ...page.map((cells) => names.map((name) => cells[name]))]
    .map((row) => `${row.map(quote).join(',')}\n`)
    .join('');
}
