import { Hono } from 'hono';
import { dateInZone } from '../../model/permit-end.ts';
import type { LoadReport } from '../../model/quality-report.ts';
import { type Release, releaseText } from '../../model/release.ts';
import type { CurrentFiles, Places } from '../openapi/schemas/data.ts';
import { quoteForMessage } from '../params/parse.ts';
import { CSV_TYPE, placesCsv } from '../responses/csv.ts';
import { GEOJSON_TYPE, placeFeature } from '../responses/geojson.ts';
import { listPage } from '../responses/list-page.ts';
import { allPlaces } from '../responses/places.ts';
import { ProblemError } from '../responses/problem.ts';

/** The downloadable releases. They come from where the loader publishes, whatever the engine. */
export type ReleaseFiles = {
  /** The release that is being served. */
  current(): Promise<Release>;
  /** `undefined` if that version never existed or was removed. */
  release(version: string): Promise<Release | undefined>;
  /** The loader's report on a release; `undefined` if there is none. */
  report(version: string, name: ReportName): Promise<string | undefined>;
};

const HTML_TYPE = 'text/html; charset=utf-8';
const REPORTS = { 'quality.json': 'application/json', 'quality.txt': 'text/plain; charset=utf-8' } as const;
export type ReportName = keyof typeof REPORTS;

const CONTENTS = {
  'places.geojson': { type: GEOJSON_TYPE, text: placesGeojson },
  'places.csv': { type: CSV_TYPE, text: ({ vendors }: Release) => placesCsv(allPlaces(vendors)) },
  'release.json': { type: 'application/json', text: releaseText },
  'list.html': { type: HTML_TYPE, text: (release: Release) => listPage(release) },
} as const;
type ContentName = keyof typeof CONTENTS;

/** Every file that a release may have. */
export type ReleaseFileName = ContentName | ReportName | typeof QUALITY_PAGE;

/** The report for people. It is made of the release and its report. */
const QUALITY_PAGE = 'quality.html';

/** The current release may change at any time, the files of a release never do. */
const CURRENT_CACHE = 'public, max-age=60';
const FILE_CACHE = 'public, max-age=31536000, immutable';

/** The routes below `/data`; `now` in milliseconds since 1970. */
export function dataRoutes(files: ReleaseFiles, now: () => number) {
  return new Hono()
    .get('/current.json', async (c) => {
      const { version } = await files.current();
      const reports = await Promise.all(
        (Object.keys(REPORTS) as ReportName[]).map(async (name) =>
          (await files.report(version, name)) === undefined ? [] : [name],
        ),
      );
      const names = [...Object.keys(CONTENTS), QUALITY_PAGE, ...reports.flat()];
      c.header('Cache-Control', CURRENT_CACHE);
      const entries = names.map((name) => ({ name, type: typeOf(name), href: `/data/${version}/${name}` }));
      return c.json({ version, files: entries } satisfies CurrentFiles, 200);
    })
    .get('/list.html', async (c) => {
      const text = listOfToday(await files.current(), now());
      return c.body(text, 200, { 'Content-Type': typeOf('list.html'), 'Cache-Control': CURRENT_CACHE }) as never;
    })
    .get('/quality.html', async (c) => {
      const text = await qualityText(files, await files.current());
      return c.body(text, 200, { 'Content-Type': HTML_TYPE, 'Cache-Control': CURRENT_CACHE }) as never;
    })
    .get('/:version/:name', async (c) => {
      const { version, name } = c.req.param();
      const text = await fileText(files, version, name);
      if (text === undefined)
        throw new ProblemError(
          'not-found',
          `Release ${quoteForMessage(version)} has no file ${quoteForMessage(name)} here`,
        );
      // A report may be published later than its release.
      const cache = name === QUALITY_PAGE ? CURRENT_CACHE : FILE_CACHE;
      return c.body(text, 200, { 'Content-Type': typeOf(name), 'Cache-Control': cache }) as never;
    });
}

function typeOf(name: string): string {
  if (name === QUALITY_PAGE) return HTML_TYPE;
  return (CONTENTS as Record<string, { type: string }>)[name]?.type ?? REPORTS[name as ReportName];
}

async function fileText(files: ReleaseFiles, version: string, name: string): Promise<string | undefined> {
  if (Object.hasOwn(REPORTS, name)) return files.report(version, name as ReportName);
  if (name !== QUALITY_PAGE && !Object.hasOwn(CONTENTS, name)) return undefined;
  const release = await files.release(version);
  if (!release) return undefined;
  return name === QUALITY_PAGE ? qualityText(files, release) : contentOf(release, name as ContentName);
}

async function qualityText(files: ReleaseFiles, release: Release): Promise<string> {
  const { qualityPage } = await import('../responses/quality-page.ts');
  const json = await files.report(release.version, 'quality.json');
  const report = json === undefined ? null : (JSON.parse(json) as Partial<LoadReport>);
  // Reports of earlier formats have no reasons.
  return qualityPage(release, report?.reasons && report.sources ? (report as LoadReport) : null);
}

/** Texts are created on demand, once for as long as the release is in memory. */
const contentTexts = new WeakMap<Release, Map<string, string>>();
function contentOf(release: Release, name: ContentName): string {
  const texts = contentTexts.get(release) ?? new Map<string, string>();
  contentTexts.set(release, texts);
  const text = texts.get(name) ?? CONTENTS[name].text(release);
  texts.set(name, text);
  return text;
}

/** The list is the same for a day; the one of a release does not change, so there no permit ends after the data's own date. */
const lists = new WeakMap<Release, { readonly today: string; readonly text: string }>();
function listOfToday(release: Release, now: number): string {
  const today = dateInZone(now, release.city.zone);
  const known = lists.get(release);
  if (known?.today === today) return known.text;
  const text = listPage(release, today);
  lists.set(release, { today, text });
  return text;
}

function placesGeojson({ vendors, city }: Release): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: allPlaces(vendors).map(placeFeature),
    attribution: city.attribution,
  } satisfies Places);
}
