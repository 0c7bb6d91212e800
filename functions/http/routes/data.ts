import { type Context, Hono } from 'hono';
import { dateInZone } from '../../model/permit-end.ts';
import type { LoadReport } from '../../model/quality-report.ts';
import { type Provenance, type Release, releaseParts } from '../../model/release.ts';
import { PAGE_INDEX_NAME, type SiteRelease } from '../../model/site-release.ts';
import type { Tiles } from '../../model/tile-url.ts';
import { joinInSlices } from '../../model/time-slices.ts';
import { acceptsGzip } from '../middleware/compression.ts';
import { matchesIfNoneMatch } from '../middleware/etag.ts';
import type { CurrentFiles, Places } from '../openapi/schemas/data.ts';
import { quoteForMessage } from '../params/parse.ts';
import { CSV_TYPE, placesCsv } from '../responses/csv.ts';
import { GEOJSON_TYPE, placeFeature } from '../responses/geojson.ts';
import { jsonParts } from '../responses/json-parts.ts';
import { allPlaces } from '../responses/places.ts';
import { ProblemError } from '../responses/problem.ts';
import { MINUTE_CACHE } from './respond-json.ts';

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
  /** The loader's report on a release; `undefined` if there is none. */
  report(version: string, name: ReportName): Promise<string | undefined>;
};

const HTML_TYPE = 'text/html; charset=utf-8';
const REPORTS = { 'quality.json': 'application/json', 'quality.txt': 'text/plain; charset=utf-8' } as const;
export type ReportName = keyof typeof REPORTS;

const CONTENTS = {
  'places.geojson': { type: GEOJSON_TYPE, parts: placesGeojson },
  'places.csv': { type: CSV_TYPE, parts: ({ vendors }: Release) => placesCsv(allPlaces(vendors)) },
  'release.json': { type: 'application/json', parts: releaseParts },
  'list.html': { type: HTML_TYPE, parts: null },
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
async function ownSearch(files: ReleaseFiles, version: string, tiles: Tiles | null) {
  const index = await files.index();
  // Another release may be served by now.
  if (index?.version !== version) return {};
  const { name, provenance } = index;
  return { index: `${version}/${name}`, provenance, checkSeconds: CHECK_SECONDS, tiles } satisfies Partial<SiteRelease>;
}

/** The routes below `/data`; `now` in milliseconds since 1970. */
export function dataRoutes(files: ReleaseFiles, { now, tiles }: { now: () => number; tiles: Tiles | null }) {
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
      const entries = names.map((name) => ({ name, type: typeOf(name), href: `/data/${version}/${name}` }));
      const own = await ownSearch(files, version, tiles);
      return c.json({ version, files: entries, ...own } satisfies CurrentFiles, 200);
    })
    .get('/list.html', async (c) => {
      const text = await listOfToday(await files.current(), now());
      return c.body(text, 200, { 'Content-Type': typeOf('list.html'), 'Cache-Control': MINUTE_CACHE }) as never;
    })
    .get('/quality.html', async (c) => {
      const text = await qualityText(files, await files.current());
      return c.body(text, 200, { 'Content-Type': HTML_TYPE, 'Cache-Control': MINUTE_CACHE }) as never;
    })
    .get('/:version/:name', async (c) => {
      const { version, name } = c.req.param();
      if (isContent(name) && (await files.has(version))) return contentResponse(c, files, { version, name });
      const index = PAGE_INDEX_NAME.test(name) ? await files.indexFile(version, name) : undefined;
      if (index)
        return c.body(index as never, 200, { 'Content-Type': INDEX_TYPE, 'Cache-Control': FILE_CACHE }) as never;
      const text = await reportText(files, version, name);
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
  const content = await files.content(file, wanted, CONTENTS[file.name].parts ?? (await listParts()));
  if (!content) throw new ProblemError('not-found', `Release ${file.version} was removed a moment ago`);
  const length = content.bytes === null ? {} : { 'Content-Length': String(content.bytes) };
  return c.body(content.stream, 200, { ...headers(content.coding), ...length }) as never;
}

/** A cold start does not read the code of the list. */
async function listParts(): Promise<(release: Release, today?: string) => Iterable<string>> {
  return (await import('../responses/list-page.ts')).listPage;
}

function isContent(name: string): name is ContentName {
  return Object.hasOwn(CONTENTS, name);
}

function typeOf(name: string): string {
  if (name === QUALITY_PAGE) return HTML_TYPE;
  return (CONTENTS as Record<string, { type: string }>)[name]?.type ?? REPORTS[name as ReportName];
}

async function reportText(files: ReleaseFiles, version: string, name: string): Promise<string | undefined> {
  if (Object.hasOwn(REPORTS, name)) return files.report(version, name as ReportName);
  const release = name === QUALITY_PAGE ? await files.release(version) : undefined;
  return release && qualityText(files, release);
}

async function qualityText(files: ReleaseFiles, release: Release): Promise<string> {
  const { qualityPage } = await import('../responses/quality-page.ts');
  const json = await files.report(release.version, 'quality.json');
  const report = json === undefined ? null : (JSON.parse(json) as Partial<LoadReport>);
  // Reports of earlier formats have no reasons.
  return qualityPage(release, report?.reasons && report.sources ? (report as LoadReport) : null);
}

/** The list is the same for a day; the one of a release does not change, so there no permit ends after the data's own date. */
const lists = new WeakMap<Release, { readonly today: string; readonly text: Promise<string> }>();
function listOfToday(release: Release, now: number): Promise<string> {
  const today = dateInZone(now, release.city.zone);
  const known = lists.get(release);
  if (known?.today === today) return known.text;
  const text = listParts().then((parts) => joinInSlices(parts(release, today)));
  lists.set(release, { today, text });
  return text;
}

function* placesGeojson({ vendors, city }: Release): Generator<string> {
  const places = { type: 'FeatureCollection', features: [], attribution: city.attribution } satisfies Places;
  yield* jsonParts(places, 'features', features());
  function* features() {
    for (const place of allPlaces(vendors)) yield JSON.stringify(placeFeature(place));
  }
}
