import type { CityWording, NounForms } from '../../functions/model/city-wording.ts';
import type { CityFacts } from '../../functions/model/release.ts';
import { type Tiles, tileUrlOf } from '../../functions/model/tile-url.ts';
import type { City, CitySources, HoursRules, PermitRules, RowFilter, SourceSpec } from '../city.ts';
import { streetFoodSynonyms } from '../food/synonyms.ts';
import { foldValue } from '../record/row-filter.ts';
import { readTimeRange, type TimeRange } from '../record/time-range.ts';
import type { Outline } from './city-outline.ts';
import type { CityFile } from './city-schema.ts';
import { compileFood } from './compile-food.ts';
import { compileVocabulary } from './compile-vocabulary.ts';
import { readPattern } from './pattern.ts';
import { type IdOrigin, idOriginOf, requiredColumns } from './source-columns.ts';
import { SOURCE_FIELDS } from './source-schema.ts';
import { COMMON_FACILITIES, COMMON_STATUSES, foldFacility, foldStatus } from './words.ts';

/** What a file refers to, and where it is. */
export type FileSurroundings = {
  /** The id of a city whose file has none. */
  readonly defaultId: string;
  /** The rings of `outline`. */
  readonly outline: Outline;
  /** A path of the file from where the process runs. */
  readonly resolve: (path: string) => string;
};

/** The city of a file without faults, with all defaults. */
export function compileCity(file: CityFile, surroundings: FileSurroundings): City {
  return {
    facts: compileFacts(file, surroundings),
    sources: compileSources(file, surroundings),
    permits: compilePermits(file),
    hours: compileHours(file),
    food: compileFood(foodOf(file)),
    drawsHull: file.outline === undefined,
    tiles: file.tiles && compileTiles(file.tiles),
    sample: file.sample ? withoutUndefined(file.sample, surroundings.resolve) : null,
  };
}

/** In the order in which a release has them: its version depends on it. */
function compileFacts(file: CityFile, { defaultId, outline }: FileSurroundings): CityFacts {
  const { id, name, zone, bounds, center, attribution, reportUrl, synonyms = [], vocabulary } = file;
  const { wording, languages } = file;
  const { west, south, east, north } = bounds;
  // A box across the 180th meridian has its middle on either side of it.
  const middle = (west + east) / 2 + (west > east ? 180 : 0);
  return {
    id: id ?? defaultId,
    name,
    zone,
    bounds: { west, south, east, north },
    center: center
      ? { lat: center.lat, lon: center.lon }
      : { lat: (south + north) / 2, lon: middle > 180 ? middle - 360 : middle },
    outline,
    attribution: {
      text: attribution.text,
      url: attribution.url ?? '',
      license: attribution.license ?? '',
      licenseUrl: attribution.licenseUrl ?? '',
    },
    ...(reportUrl === undefined ? {} : { reportUrl }),
    synonyms: [...(foodOf(file)?.vocabulary === 'none' ? [] : streetFoodSynonyms), ...synonyms],
    ...(vocabulary ? { vocabulary: compileVocabulary(vocabulary) } : {}),
    ...(wording ? { wording: compileWording(wording) } : {}),
    ...(languages ? { languages } : {}),
  };
}

/** A list without food has no words of food, unless its file has some. */
function foodOf({ wording, food }: CityFile): CityFile['food'] {
  return wording?.food === false ? { vocabulary: 'none', ...food } : food;
}

function compileWording({ vendor = {}, food = true, permits = true }: NonNullable<CityFile['wording']>): CityWording {
  const given = Object.entries(vendor).filter((entry): entry is [string, NounForms] => entry[1] !== undefined);
  return { vendor: Object.fromEntries(given), food, permits };
}

function compileTiles({ url, attribution, attributionUrl = '', maxZoom = 19 }: NonNullable<CityFile['tiles']>): Tiles {
  return { url: tileUrlOf(url), attribution, attributionUrl, maxZoom };
}

/** A column that only this city has: our name of it, and the publisher's. */
type OwnColumn = readonly [field: string, names: readonly string[]];

type SourceFile = NonNullable<CityFile['sources'][keyof CityFile['sources']]>;

function compileSources(file: CityFile, { resolve }: FileSurroundings): CitySources {
  const { sources } = file;
  const ids = idColumns(file);
  const specs = Object.entries(sources).flatMap(([name, source]) =>
    source
      ? [
          [
            name,
            compileSource(name as keyof typeof SOURCE_FIELDS, source, {
              resolve,
              more: name === 'permits' ? [...ids, ...hoursColumns(file)] : name === 'schedule' ? ids : [],
              idOrigin: idOriginOf(file),
            }),
          ] as const,
        ]
      : [],
  );
  return Object.fromEntries(specs) as CitySources;
}

function compileSource(
  name: keyof typeof SOURCE_FIELDS,
  { url, paging, columns, required, filters = [], unread = [] }: SourceFile,
  { resolve, more, idOrigin }: { resolve: (path: string) => string; more: readonly OwnColumn[]; idOrigin: IdOrigin },
): SourceSpec {
  const given: Readonly<Record<string, string | readonly string[] | undefined>> = columns;
  // Columns that only this city has: without any of them, ids would change or other rows would count.
  const own = [...more, ...filters.map(({ column }, at) => [filterField(at), [column].flat()] as const)];
  return {
    url: /^https?:/i.test(url) ? url : resolve(url),
    paging,
    columns: Object.fromEntries([
      ...SOURCE_FIELDS[name].map((field) => [field, [given[field] ?? []].flat()] as const),
      ...own,
    ]),
    required: [...(required ?? requiredColumns(name, columns, idOrigin)), ...own.map(([field]) => field)],
    filters: filters.flatMap(({ keep, drop }, at) => [
      ...(keep ? [rowFilter(at, 'keep', keep)] : []),
      ...(drop ? [rowFilter(at, 'drop', drop)] : []),
    ]),
    unread,
  };
}

const idField = (at: number) => `id column ${at + 1}`;
const filterField = (at: number) => `filter ${at + 1}`;

function rowFilter(at: number, action: RowFilter['action'], values: readonly string[]): RowFilter {
  return { field: filterField(at), action, values: new Set(values.map(foldValue)) };
}

/** The columns that an id is made of. */
function idColumns({ ids }: CityFile): OwnColumn[] {
  return ids?.from === 'columns' ? ids.columns.map((names, at) => [idField(at), [names].flat()]) : [];
}

/** The columns of hours; none if they are in the column `hours` or in a schedule. */
function hoursColumns({ hours }: CityFile): OwnColumn[] {
  if (!hours || !('columns' in hours)) return [];
  return Object.entries(hours.columns).flatMap(([field, names]): OwnColumn[] =>
    names === undefined ? [] : [[field, [names].flat()]],
  );
}

/** Our names of the columns that an id is made of. */
function idFieldsOf({ ids, sources }: CityFile): readonly string[] {
  if (ids?.from === 'columns') return ids.columns.map((_, at) => idField(at));
  return idOriginOf({ ids, sources }) === 'column' ? ['id'] : ['name', 'address'];
}

function compilePermits(file: CityFile): PermitRules {
  const { statuses, facilities, names = {}, dateOrder = 'auto' } = file;
  return {
    idFields: idFieldsOf(file),
    nameOrder: names.order ?? 'auto',
    statuses: statuses ? folded(statuses, foldStatus) : COMMON_STATUSES,
    facilities: facilities ? folded(facilities, foldFacility) : COMMON_FACILITIES,
    testNames: (names.tests ?? []).map((pattern) => readPattern(pattern)),
    unnamed: names.unnamed ?? null,
    dateOrder: dateOrder === 'auto' ? null : dateOrder,
  };
}

function compileHours({ hours }: CityFile): HoursRules {
  const meals = Object.entries((hours?.notation === 'schedule' && hours.meals) || {});
  return {
    notation: hours?.notation ?? 'schedule',
    meals: new Map(meals.map(([meal, text]) => [foldValue(meal), readTimeRange(text) as TimeRange])),
  };
}

function folded(words: Readonly<Record<string, string>>, fold: (word: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(words).map(([word, ours]) => [fold(word), ours]));
}

function withoutUndefined(
  paths: Readonly<Record<string, string | undefined>>,
  resolve: (path: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([name, path]) => (path === undefined ? [] : [[name, resolve(path)]])),
  );
}
