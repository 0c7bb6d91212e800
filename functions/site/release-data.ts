import { releaseIndexOf } from '../engine/embedded/build/index-cache.ts';
import { openEmbedded } from '../engine/embedded/release-engine.ts';
import { createApp } from '../http/app.ts';
import type { CurrentFiles } from '../http/openapi/schemas/data.ts';
import type { CityLink } from '../model/city-links.ts';
import type { Release } from '../model/release.ts';
import type { SiteRelease } from '../model/site-release.ts';
import type { Tiles } from '../model/tile-url.ts';
import { createIndexDownloads } from '../releases/index-download.ts';
import { completePlainPage } from './site-page.ts';

/** The loader's report on a release, by the names of its files. */
export type ReleaseReport = Readonly<Record<string, string>>;

/** Contents by path, with slashes. */
export type SiteFiles = Map<string, Uint8Array | string>;

/** Reads the answer of the API to a path over one release. @throws Error if its status is not one of success */
export type ReadAnswer = (path: string) => Promise<Response>;

/** The API over a release, whose answers become files. */
export function answersOf(
  release: Release,
  report: ReleaseReport,
  tiles: Tiles | null,
  cityLinks?: readonly CityLink[],
): ReadAnswer {
  const engine = openEmbedded(release);
  const index = releaseIndexOf(release);
  const indexes = createIndexDownloads({
    reader: { fileNames: async () => [], file: async () => undefined },
    isPublished: async () => false,
    opened: () => index,
  });
  const app = createApp({
    engine: () => engine,
    tiles,
    cityLinks,
    log: (event, fields) => {
      throw new Error(`${event}: ${JSON.stringify(fields)}`);
    },
    files: {
      current: async () => release,
      version: async () => release.version,
      release: async (version) => (version === release.version ? release : undefined),
      has: async (version) => version === release.version,
      content: async (_file, _coding, parts) => ({
        coding: 'identity',
        bytes: null,
        stream: ReadableStream.from(encoded(parts(release))),
      }),
      report: async (_version, name) => report[name],
      index: indexes.current,
      indexFile: indexes.file,
    },
  });
  return async (path) => {
    const response = await app.request(path);
    if (!response.ok) throw new Error(`${path}: status ${response.status}`);
    return response;
  };
}

/** What `/data` has on a server, as files: of the release, of its report, and the index from which the page searches. */
export async function releaseData(read: ReadAnswer): Promise<SiteFiles> {
  const current = (await (await read('/data/current.json')).json()) as CurrentFiles & SiteRelease;
  const { files } = current;
  const data: SiteFiles = new Map();
  const paths = [...files.map(({ href }) => href), `/data/${current.index}`, '/data/list.html', '/data/quality.html'];
  for (const path of paths) {
    const response = await read(path);
    const depth = path.split('/').length - 2;
    const isPage = path.endsWith('.html');
    const bytes = isPage
      ? completePlainPage(await response.text(), depth)
      : new Uint8Array(await response.arrayBuffer());
    data.set(path.slice(1), bytes);
  }
  const relative = { ...current, files: files.map((file) => ({ ...file, href: file.href.replace('/data/', '') })) };
  return data.set('data/current.json', `${JSON.stringify(relative)}\n`);
}

function* encoded(parts: Iterable<string>): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const part of parts) yield encoder.encode(part);
}
