import { type Context, Hono } from 'hono';
import type { CityLink } from '../../model/city-links.ts';
import type { DEPARTED_FILE } from '../../model/departed-vendors.ts';
import { dateInZone } from '../../model/permit-end.ts';
import type { LoadReport } from '../../model/quality-report.ts';
import { type Provenance, type Release, releaseParts } from '../../model/release.ts';
import { PAGE_INDEX_NAME, type SiteRelease } from '../../model/site-release.ts';
import type { Tiles } from '../../model/tile-url.ts';
import { joinInSlices } from '../../model/time-slices.ts';
import { acceptsGzip } from '../middleware/compression.ts';
import { matchesIfNoneMatch } from '../middleware/etag.ts';
import type { CurrentFiles } from '../openapi/schemas/data.ts';
import { quoteForMessage } from '../params/parse.ts';
import { CSV_TYPE, GEOJSON_TYPE } from '../responses/media-types.ts';
import { ProblemError } from '../responses/problem.ts';
import { MINUTE_CACHE, type RouteDeps } from './respond-json.ts';

type Coding = 'identity' | 'gzip';

/** A file of a release, ready to be sent. */
export type ReleaseFile = {
  /** Not what was asked for if the file could not be stored. */
  readonly coding: Coding;
  readonly bytes: number | null;
  readonly stream: ReadableStream<Uint8Array>;
};

/** The downloadable releases. They come from where the loader publishes, whatever the engine. */
export type ReleaseFiles = {
  /** The release that is being served. */
  current(): Promise<Release>;
  /** Its version, which a function on AWS knows without reading the release. */
  version(): Promise<string>;
  /** `undefined` if that version never existed or was removed. */
  release(version: string): Promise<Release | undefined>;
  /** Whether {@link ReleaseFiles.release} would return that version. */
  has(version: string): Promise<boolean>;
  /** A file of a release. The first request builds and stores it. `undefined`: the version is unknown. */
  content(
    file: { readonly version: string; readonly name: string },
    coding: Coding,
    parts: (release: Release) => Iterable<string>,
  ): Promise<ReleaseFile | undefined>;
  /** The packed index of the release that is served; `undefined` if it is too large for pages that search it themselves. */
  index(): Promise<{ readonly version: string; readonly name: string; readonly provenance: Provenance } | undefined>;
  /** The bytes of a packed index. `undefined`: there is none of this name. */
  indexFile(version: string, name: string): Promise<Uint8Array | undefined>;
  /** The loader's report on a release, or the vendors that it lacks; `undefined` if there is none. */
  report(version: string, name: ReportName | typeof DEPARTED_FILE): Promise<string | undefined>;
};

const HTML_TYPE = 'text/html; charset=utf-8';
const REPORTS = { 'quality.json': 'application/json', 'quality.txt': 'text/plain; charset=utf-8' } as const;
export type ReportName = keyof typeof REPORTS;

const CONTENTS = {
  'places.geojson': { type: GEOJSON_TYPE },
  'places.csv': { type: CSV_TYPE },
  'release.json': { type: 'application/json' },
  'list.html': { type: HTML_TYPE },
} as const;
type ContentName = keyof typeof CONTENTS;

/** Every file that a release may have. */
export type ReleaseFileName = ContentName | ReportName | typeof QUALITY_PAGE;

/** The report for people. It is made of the release and its report. */
const QUALITY_PAGE = 'quality.html';

/** The files of a release never change; what is current ({@link MINUTE_CACHE}) may change at any time. */
const FILE_CACHE = 'public, max-age=31536000, immutable';

/** Not `application/gzip`, which some servers and browsers take for a compressed text. */
const INDEX_TYPE = 'application/octet-stream';

/** Open pages that search the data themselves look for newer data at their first search after this long. */
const CHECK_SECONDS = 600;

/** What a page needs to search the served release itself; nothing if the release is too large for that. */
async function ownSearch(files: ReleaseFiles, version: string, shown: Pick<SiteRelease, 'tiles' | 'cities'>) {
  const index = await files.index();
  // Another release may be served by now.
  if (index?.version !== version) return {};
  const { name, provenance } = index;
  return {
    index: `${version}/${name}`,
    provenance,
    checkSeconds: CHECK_SECONDS,
    ...shown,
  } satisfies Partial<SiteRelease>;
}

export type DataRouteDeps = Pick<RouteDeps, 'now' | 'root'> & {
  readonly tiles: Tiles | null;
  readonly cityLinks: readonly CityLink[] | undefined;
};

/** The routes below `/data`. */
export function dataRoutes(files: ReleaseFiles, { now, root, tiles, cityLinks: cities }: DataRouteDeps) {
  return new Hono()
    .get('/current.json', async (c) => {
      const version = await files.version();
      const reports = await Promise.all(
        (Object.keys(REPORTS) as ReportName[]).map(async (name) =>
          (await files.report(version, name)) === undefined ? [] : [name],
        ),
      );
      const names = [...Object.keys(CONTENTS), QUALITY_PAGE, ...reports.flat()];
      c.header('Cache-Control', MINUTE_CACHE);
      const entries = names.map((name) => ({ name, type: typeOf(name), href: `${root}data/${version}/${name}` }));
      const own = await ownSearch(files, version, { tiles, cities });
      return c.json({ version, files: entries, ...own } satisfies CurrentFiles, 200);
    })
    .get('/list.html', async (c) => {
      const text = await listOfToday(await files.current(), now(), root);
      return c.body(text, 200, { 'Content-Type': typeOf('list.html'), 'Cache-Control': MINUTE_CACHE }) as never;
    })
    .get('/quality.html', async (c) => {
      const text = await qualityText(files, await files.current(), root);
      return c.body(text, 200, { 'Content-Type': HTML_TYPE, 'Cache-Control': MINUTE_CACHE }) as never;
    })
    .get('/:version/:name', async (c) => {
      const { version, name } = c.req.param();
      if (isContent(name) && (await files.has(version))) return contentResponse(c, files, { version, name }, root);
      const index = PAGE_INDEX_NAME.test(name) ? await files.indexFile(version, name) : undefined;
      if (index)
        return c.body(index as never, 200, { 'Content-Type': INDEX_TYPE, 'Cache-Control': FILE_CACHE }) as never;
      const text = await reportText(files, { version, name }, root);
      if (text === undefined)
        throw new ProblemError(
          'not-found',
          `Release ${quoteForMessage(version)} has no file ${quoteForMessage(name)} here`,
        );
      // A report may be published later than its release.
      const cache = name === QUALITY_PAGE ? MINUTE_CACHE : FILE_CACHE;
      return c.body(text, 200, { 'Content-Type': typeOf(name), 'Cache-Control': cache }) as never;
    });
}

/** Sends a file as it is stored. Its version is its identity: if the ETag matches, or for HEAD, it is not opened. */
async function contentResponse(
  c: Context,
  files: ReleaseFiles,
  file: { readonly version: string; readonly name: ContentName },
  root: string,
) {
  const wanted: Coding = acceptsGzip(c.req.header('Accept-Encoding') ?? null) ? 'gzip' : 'identity';
  const headers = (coding: Coding) => ({
    'Content-Type': typeOf(file.name),
    'Cache-Control': FILE_CACHE,
    ETag: `"${file.version}-${file.name}${coding === 'gzip' ? '-gzip' : ''}"`,
    Vary: 'Accept-Encoding',
    ...(coding === 'gzip' ? { 'Content-Encoding': coding } : {}),
  });
  const { ETag, Vary, 'Cache-Control': cache } = headers(wanted);
  if (matchesIfNoneMatch(c.req.header('If-None-Match') ?? null, ETag)) {
    return c.body(null, 304, { ETag, Vary, 'Cache-Control': cache }) as never;
  }
  if (c.req.method === 'HEAD') return c.body(null, 200, headers(wanted)) as never;
  const content = await files.content(file, wanted, await partsOf(file.name, root));
  if (!content) throw new ProblemError('not-found', `Release ${file.version} was removed a moment ago`);
  const length = content.bytes === null ? {} : { 'Content-Length': String(content.bytes) };
  return c.body(content.stream, 200, { ...headers(content.coding), ...length }) as never;
}

/** The text of a file. A cold start does not read the code of most of them. @param today for the list, `YYYY-MM-DD` in the city's zone */
async function partsOf(
  name: ContentName,
  root: string,
): Promise<(release: Release, today?: string) => Iterable<string>> {
  if (name === 'release.json') return releaseParts;
  if (name === 'list.html') {
    const { listPage } = await import('../responses/list-page.ts');
    return (release, today) => listPage(release, today, root);
  }
  const { placesGeojson, releasePlacesCsv } = await import('../responses/release-files.ts');
  return name === 'places.csv' ? releasePlacesCsv : placesGeojson;
}

function isContent(name: string): name is ContentName {
  return Object.hasOwn(CONTENTS, name);
}

function typeOf(name: string): string {
  if (name === QUALITY_PAGE) return HTML_TYPE;
  return (CONTENTS as Record<string, { type: string }>)[name]?.type ?? REPORTS[name as ReportName];
}

async function reportText(
  files: ReleaseFiles,
  { version, name }: { version: string; name: string },
  root: string,
): Promise<string | undefined> {
  if (Object.hasOwn(REPORTS, name)) return files.report(version, name as ReportName);
  const release = name === QUALITY_PAGE ? await files.release(version) : undefined;
  return release && qualityText(files, release, root);
}

async function qualityText(files: ReleaseFiles, release: Release, root: string): Promise<string> {
  const { qualityPage } = await import('../responses/quality-page.ts');
  const json = await files.report(release.version, 'quality.json');
  const report = json === undefined ? null : (JSON.parse(json) as Partial<LoadReport>);
  // Reports of earlier formats have no reasons.
  return qualityPage(release, report?.reasons && report.sources ? (report as LoadReport) : null, root);
}

/** The list is the same for a day; the one of a release does not change, so there no permit ends after the data's own date. */
const lists = new WeakMap<Release, { readonly today: string; readonly text: Promise<string> }>();
function listOfToday(release: Release, now: number, root: string): Promise<string> {
  const today = dateInZone(now, release.city.zone);
  const known = lists.get(release);
  if (known?.today === today) return known.text;
  const text = partsOf('list.html', root).then((parts) => joinInSlices(parts(release, today)));
  lists.set(release, { today, text });
  return text;
}
