import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { indexFileOf } from '../engine/embedded/build/index-cache.ts';
import { openEmbedded } from '../engine/embedded/release-engine.ts';
import { packIndex } from '../engine/embedded/transport/pack-index.ts';
import { createApp } from '../http/app.ts';
import type { Tiles } from '../http/middleware/headers.ts';
import type { CurrentFiles } from '../http/openapi/schemas/data.ts';
import type { Release } from '../model/release.ts';
import type { SiteRelease } from '../model/site-release.ts';
import { completePlainPage } from './site-page.ts';

/** The loader's report on a release, by the names of its files. */
export type ReleaseReport = Readonly<Record<string, string>>;

/** Contents by path, with slashes. */
export type SiteFiles = Map<string, Uint8Array | string>;

/** Reads the answer of the API to a path over one release. @throws Error if its status is not one of success */
export type ReadAnswer = (path: string) => Promise<Response>;

/** The API over a release, whose answers become files. */
export function answersOf(release: Release, report: ReleaseReport, tiles: Tiles | null): ReadAnswer {
  const engine = openEmbedded(release);
  const app = createApp({
    engine: () => engine,
    tiles,
    log: (event, fields) => {
      throw new Error(`${event}: ${JSON.stringify(fields)}`);
    },
    files: {
      current: async () => release,
      release: async (version) => (version === release.version ? release : undefined),
      has: async (version) => version === release.version,
      content: async (_file, _coding, parts) => ({
        coding: 'identity',
        bytes: null,
        stream: ReadableStream.from(encoded(parts(release))),
      }),
      report: async (_version, name) => report[name],
    },
  });
  return async (path) => {
    const response = await app.request(path);
    if (!response.ok) throw new Error(`${path}: status ${response.status}`);
    return response;
  };
}

/** What `/data` has on a server, as files: of the release, of its report, and the index from which the page searches. */
export async function releaseData(release: Release, read: ReadAnswer, tiles: Tiles | null): Promise<SiteFiles> {
  const { version, files } = (await (await read('/data/current.json')).json()) as CurrentFiles;
  const data: SiteFiles = new Map();
  const paths = [...files.map(({ href }) => href), '/data/list.html', '/data/quality.html'];
  for (const path of paths) {
    const response = await read(path);
    const depth = path.split('/').length - 2;
    const isPage = path.endsWith('.html');
    const bytes = isPage
      ? completePlainPage(await response.text(), depth)
      : new Uint8Array(await response.arrayBuffer());
    data.set(path.slice(1), bytes);
  }
  // The blocks of this memory level fit the parts of an index best: 52 kB of a city instead of 56 at the default level (2026-11-27).
  const index = gzipSync(packIndex(indexFileOf(release)), { level: 9, memLevel: 4 });
  // The same data has another index after a change of the program, and a file never changes under its name.
  const indexPath = `${version}/index-${createHash('sha256').update(index).digest('hex').slice(0, 12)}.bin.gz`;
  data.set(`data/${indexPath}`, index);
  const { origin, asOf, sources } = release;
  const current = {
    version,
    index: indexPath,
    provenance: { origin, asOf, sources },
    checkSeconds: CHECK_SECONDS,
    tiles,
    files: files.map((file) => ({ ...file, href: file.href.replace('/data/', '') })),
  } satisfies SiteRelease & CurrentFiles;
  return data.set('data/current.json', `${JSON.stringify(current)}\n`);
}

/** Open pages look for newer data at their first search after this long. */
const CHECK_SECONDS = 600;

function* encoded(parts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const part of parts) yield encoder.encode(part);
}
