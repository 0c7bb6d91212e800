import { Hono } from 'hono';
import { type Release, releaseText } from '../../model/release.ts';
import type { CurrentFiles, Places } from '../openapi/schemas/data.ts';
import { CSV_TYPE, placesCsv } from '../responses/csv.ts';
import { GEOJSON_TYPE, placeFeature } from '../responses/geojson.ts';
import { listPage } from '../responses/list-page.ts';
import { allPlaces } from '../responses/places.ts';
import { ProblemError } from '../responses/problem.ts';

/** The releases that can be downloaded. They come from where the loader publishes, whatever the engine. */
export type ReleaseFiles = {
  /** The one that is answered from. */
  current(): Promise<Release>;
  /** A release that is kept; `undefined` when there is none of that version. */
  release(version: string): Promise<Release | undefined>;
  /** The loader's report on a release; `undefined` when it was not kept. */
  report(version: string, name: ReportName): Promise<string | undefined>;
};

const REPORTS = { 'quality.json': 'application/json', 'quality.txt': 'text/plain; charset=utf-8' } as const;
export type ReportName = keyof typeof REPORTS;

const CONTENTS = {
  'places.geojson': { type: GEOJSON_TYPE, text: placesGeojson },
  'places.csv': { type: CSV_TYPE, text: ({ vendors }: Release) => placesCsv(allPlaces(vendors)) },
  'release.json': { type: 'application/json', text: releaseText },
  'list.html': { type: 'text/html; charset=utf-8', text: listPage },
} as const;

/** Which release is current may change at any time; its files never do. */
export const POINTER_CACHE = 'public, max-age=60';
export const FILE_CACHE = 'public, max-age=31536000, immutable';

/** The routes below `/data`. */
export function dataRoutes(files: ReleaseFiles) {
  return new Hono()
    .get('/current.json', async (c) => {
      const { version } = await files.current();
      const reports = await Promise.all(
        reportNames().map(async (name) => ((await files.report(version, name)) === undefined ? [] : [name])),
      );
      const names = [...(Object.keys(CONTENTS) as (keyof typeof CONTENTS)[]), ...reports.flat()];
      c.header('Cache-Control', POINTER_CACHE);
      const listed = names.map((name) => ({ name, type: typeOf(name), href: `/data/${version}/${name}` }));
      return c.json({ version, files: listed } satisfies CurrentFiles, 200);
    })
    .get('/list.html', async (c) => {
      const text = contentOf(await files.current(), 'list.html');
      return c.body(text, 200, { 'Content-Type': typeOf('list.html'), 'Cache-Control': POINTER_CACHE }) as never;
    })
    .get('/:version/:name', async (c) => {
      const { version, name } = c.req.param();
      const text = await fileText(files, version, name);
      if (text === undefined) throw new ProblemError('not-found', `There is no ${name} of a release ${version} here`);
      return c.body(text, 200, { 'Content-Type': typeOf(name), 'Cache-Control': FILE_CACHE }) as never;
    });
}

/** Every file that a release may have. */
export const FILE_NAMES = [...Object.keys(CONTENTS), ...Object.keys(REPORTS)];

function reportNames(): ReportName[] {
  return Object.keys(REPORTS) as ReportName[];
}

function typeOf(name: string): string {
  return (CONTENTS as Record<string, { type: string }>)[name]?.type ?? REPORTS[name as ReportName];
}

async function fileText(files: ReleaseFiles, version: string, name: string): Promise<string | undefined> {
  if (Object.hasOwn(REPORTS, name)) return files.report(version, name as ReportName);
  if (!Object.hasOwn(CONTENTS, name)) return undefined;
  const release = await files.release(version);
  return release && contentOf(release, name as keyof typeof CONTENTS);
}

/** What was made of a release, once for as long as it is served. */
const made = new WeakMap<Release, Map<string, string>>();
function contentOf(release: Release, name: keyof typeof CONTENTS): string {
  const texts = made.get(release) ?? new Map<string, string>();
  made.set(release, texts);
  const text = texts.get(name) ?? CONTENTS[name].text(release);
  texts.set(name, text);
  return text;
}

function placesGeojson({ vendors, city }: Release): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: allPlaces(vendors).map(placeFeature),
    attribution: city.attribution,
  } satisfies Places);
}
