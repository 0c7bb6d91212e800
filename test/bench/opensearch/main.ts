import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { serve } from '@hono/node-server';
import { chunks, IN_FLIGHT } from '../../../functions/engine/opensearch/bulk.ts';
import { createClient } from '../../../functions/engine/opensearch/client.ts';
import { documentMaker } from '../../../functions/engine/opensearch/document.ts';
import { openOpenSearch } from '../../../functions/engine/opensearch/engine.ts';
import { indexBody, type Json } from '../../../functions/engine/opensearch/mapping.ts';
import { createOpenSearchSink } from '../../../functions/engine/opensearch/publish.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Release } from '../../../functions/model/release.ts';
import { vocabularyOf } from '../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { countBranches } from '../../../functions/model/vendor.ts';
import { syntheticRelease } from '../../fixtures/synthetic-release.ts';
import { median } from '../median.ts';
import { flatBody, flatDocument, flatQuery } from './flat-documents.ts';

/**
 * Compares publishing and searching through Curbside with the cluster alone, on the same synthetic data. Only the ratios matter:
 * publishing to a raw `_bulk` of the same bytes, a search through the API to the request that it sends, and that request to a search
 * of the same words in vendors without branches.
 */
const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '1000000' },
    url: { type: 'string', default: process.env.OPENSEARCH_URL ?? 'http://127.0.0.1:9200' },
    rounds: { type: 'string', default: '1' },
    searches: { type: 'string', default: '25' },
  },
});
const node = new URL(values.url);
const agent = new Agent({ keepAlive: true });
const print = (line: string) => process.stdout.write(`${line}\n`);
/** Sends one HTTP request with no more than it needs. @returns the body @throws Error if the status is not 2xx */
async function send(base: URL, method: string, path: string, body?: string | Buffer): Promise<Buffer> {
  const type = /_bulk|_msearch/.test(path) ? 'application/x-ndjson' : 'application/json';
  const length = body === undefined ? 0 : Buffer.byteLength(body);
  const headers = { 'content-type': type, 'content-length': length };
  const sent = request(new URL(path, base), { method, agent, headers });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const text = Buffer.concat(parts);
  if ((response.statusCode ?? 500) >= 300)
    throw new Error(`${method} ${path}: ${response.statusCode} ${text.subarray(0, 500)}`);
  return text;
}

async function timed<Value>(act: () => Promise<Value>): Promise<{ ms: number; value: Value }> {
  const began = performance.now();
  const value = await act();
  return { ms: performance.now() - began, value };
}

/** Writes the bytes that publishing sends to a file, so that the raw `_bulk` needs no memory for them. */
function writeBulk(release: Release, path: string): { sizes: number[]; documents: number } {
  const sizes: number[] = [];
  let documents = 0;
  function* all() {
    const make = documentMaker(vocabularyOf(release.city.synonyms));
    for (const vendor of release.vendors) yield make.vendor(vendor);
    yield* make.suggestions();
  }
  for (const rows of chunks(all())) {
    const text = rows.map(({ lines }) => lines).join('');
    appendFileSync(path, text);
    sizes.push(Buffer.byteLength(text));
    documents += rows.length;
  }
  return { sizes, documents };
}

/** Sends the file with as many parallel requests as publishing, and makes it searchable. */
async function rawBulk(index: string, path: string, sizes: readonly number[]): Promise<void> {
  const file = openSync(path, 'r');
  let next = 0;
  let offset = 0;
  const worker = async () => {
    for (let at = next++; at < sizes.length; at = next++) {
      const bytes = Buffer.allocUnsafe(sizes[at] ?? 0);
      readSync(file, bytes, 0, bytes.length, offset);
      offset += bytes.length;
      const answer = await send(node, 'POST', `/${index}/_bulk?filter_path=errors`, bytes);
      if (!answer.includes('"errors":false')) throw new Error(`the raw bulk failed: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  await send(node, 'POST', `/${index}/_refresh`);
}

/** The searches: `query` for the API, and `text` for vendors without branches. */
const SEARCHES: readonly { name: string; query: string; text?: string }[] = [
  { name: 'one word, 20 best', query: 'q=tacos&limit=20', text: 'tacos' },
  { name: 'two words, 20 best', query: 'q=hot+dogs&limit=20', text: 'hot dogs' },
  { name: 'a rare word', query: 'q=bacaka&limit=20', text: 'bacaka' },
  { name: 'a prefix', query: 'q=noo&limit=20', text: 'noo' },
  { name: 'a word near a place', query: 'q=coffee&lat=40.01&lon=-100.01&limit=20' },
  { name: 'a word within 2 km', query: 'q=tacos&lat=40.01&lon=-100.01&radius=2000&sort=distance&limit=20' },
  { name: 'nearest 20', query: 'lat=40.01&lon=-100.01&radius=5000&sort=distance&limit=20' },
  { name: 'a word with facets', query: 'q=tacos&facets=category,area,open&limit=20' },
  { name: 'open on Monday at noon', query: 'q=tacos&open_at=mon12:15&lat=40&lon=-100&limit=20' },
];

/** Searches before the measured ones. */
const WARM_UP = 20;

const alias = `curbside-bench-${process.pid}`;
const folder = mkdtempSync(`${tmpdir()}/curbside-bench-`);
const settings = { url: node.href, alias, auth: { kind: 'none' }, caFile: null, timeoutMs: 120_000 } as const;
try {
  await bench();
} finally {
  rmSync(folder, { recursive: true });
  const indices = JSON.parse(String(await send(node, 'GET', `/${alias}*?filter_path=*.settings.index.uuid`))) as Json;
  for (const index of Object.keys(indices)) await send(node, 'DELETE', `/${index}`);
  agent.destroy();
}

async function bench(): Promise<void> {
  // A synthetic vendor has 4 branches on average.
  const release = syntheticRelease(Math.max(1, Math.round(Number(values.branches) / 4)));
  const branches = countBranches(release.vendors);
  print(
    `${branches} branches of ${release.vendors.length} vendors; Node ${process.version}, ${cpus().length} cores, ${node.host}`,
  );
  await benchPublish(release, branches);
  if (Number(values.searches) > 0) await benchSearches(release);
}

async function benchPublish(release: Release, branches: number): Promise<void> {
  const bytes = `${folder}/bulk`;
  const { sizes, documents } = writeBulk(release, bytes);
  const size = sizes.reduce((sum, one) => sum + one, 0);
  const client = await createClient(settings);
  const sink = createOpenSearchSink({ client, alias });
  const [published, raw]: [number[], number[]] = [[], []];
  let stored = 0;
  for (let round = 0; round < Number(values.rounds); round++) {
    const version = `${release.version}-${round}`;
    published.push((await timed(() => sink.publish({ ...release, version }, {}))).ms);
    stored = await storedBytes();
    const index = `${alias}-raw-${round}`;
    await send(node, 'PUT', `/${index}`, JSON.stringify(indexBody({ branches, largest: 7, meta: {} })));
    raw.push((await timed(() => rawBulk(index, bytes, sizes))).ms);
    await send(node, 'DELETE', `/${index}`);
  }
  await client.close();
  const rate = (ms: number) => Math.round((documents / ms) * 1000);
  print(`\n${documents} documents, ${(size / 1e6).toFixed(0)} MB sent, ${(stored / 1e6).toFixed(0)} MB on disk`);
  print('| | seconds | documents/s |\n|---|---|---|');
  print(`| publish | ${(median(published) / 1000).toFixed(1)} | ${rate(median(published))} |`);
  print(`| raw _bulk of the same bytes | ${(median(raw) / 1000).toFixed(1)} | ${rate(median(raw))} |`);
  print(`publish / raw = ${(median(raw) / median(published)).toFixed(2)} (at least 0.7 wanted)`);
}

/** The published release's size on disk, in bytes. */
async function storedBytes(): Promise<number> {
  const answer = await send(node, 'GET', `/${alias}/_stats/store?filter_path=_all.primaries.store.size_in_bytes`);
  const { _all } = JSON.parse(String(answer)) as { _all: { primaries: { store: { size_in_bytes: number } } } };
  return _all.primaries.store.size_in_bytes;
}

async function benchSearches(release: Release): Promise<void> {
  const flat = `${alias}-flat`;
  await send(node, 'PUT', `/${flat}`, JSON.stringify(flatBody()));
  for (const rows of chunks(release.vendors.map(flatDocument))) {
    await send(node, 'POST', `/${flat}/_bulk?filter_path=errors`, rows.map(({ lines }) => lines).join(''));
  }
  await send(node, 'POST', `/${flat}/_refresh`);

  const client = await createClient(settings);
  // The engine's own requests.
  let requests: { path: string; body: string }[] = [];
  client.on('request', (_error, { meta }) => {
    const { method, path, querystring, body } = meta.request.params;
    if (method === 'POST') requests.push({ path: `${path}?${querystring}`, body: String(body) });
  });
  const app = createApp({
    engine: openOpenSearch(client, alias),
    tiles: null,
    log: (...line) => print(line.join(' ')),
  });
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  const api = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  print(
    '\n| search | API, ms | raw request, ms | API / raw | raw, uncached, ms | without branches, ms | uncached / without |\n|---|---|---|---|---|---|---|',
  );
  const ratios: { api: number[]; flat: number[] } = { api: [], flat: [] };
  for (const { name, query, text } of SEARCHES) {
    const path = `/search?${query}&status=any&strict=true`;
    // Warm-up: the first responses come from code that is not compiled yet.
    for (let round = 0; round < WARM_UP; round++) await send(api, 'GET', path);
    requests = [];
    const answer = await send(api, 'GET', path);
    const [one] = requests.filter(({ path: where }) => where.includes('search'));
    if (!one) throw new Error(`${name}: the engine sent no request`);
    // The cluster caches counts. The comparison with vendors alone is without that cache.
    const cold = one.body.replaceAll('"allow_partial', '"request_cache":false,"allow_partial');
    const without = text === undefined ? null : JSON.stringify(flatQuery(text));
    const times: Record<'api' | 'raw' | 'cold' | 'flat', number[]> = { api: [], raw: [], cold: [], flat: [] };
    // In turn, so that other load on this machine affects all of them.
    for (let round = 0; round < Number(values.searches); round++) {
      times.raw.push((await timed(() => send(node, 'POST', one.path, one.body))).ms);
      times.cold.push((await timed(() => send(node, 'POST', one.path, cold))).ms);
      times.api.push((await timed(() => send(api, 'GET', path))).ms);
      if (without)
        times.flat.push((await timed(() => send(node, 'POST', `/${flat}/_search?filter_path=hits`, without))).ms);
    }
    const [viaApi, raw, first, plain] = [times.api, times.raw, times.cold, times.flat].map(median) as [
      number,
      number,
      number,
      number,
    ];
    ratios.api.push(viaApi / raw);
    if (without) ratios.flat.push(first / plain);
    const shown = without ? `${plain.toFixed(1)} | ${(first / plain).toFixed(2)}` : ' | ';
    const { hits } = JSON.parse(String(answer)) as { hits: number };
    print(
      `| ${name} (${hits} vendors) | ${viaApi.toFixed(1)} | ${raw.toFixed(1)} | ${(viaApi / raw).toFixed(2)} | ${first.toFixed(1)} | ${shown} |`,
    );
  }
  print(`API / raw, median of the searches = ${median(ratios.api).toFixed(2)} (at most 1.15 wanted)`);
  print(`raw, uncached / without branches, median = ${median(ratios.flat).toFixed(2)} (at most 5 wanted)`);
  server.close();
  await client.close();
  print(
    `synthetic data ${createHash('sha256')
      .update(JSON.stringify(release.vendors.slice(0, 1000)))
      .digest('hex')
      .slice(0, 8)}`,
  );
}
