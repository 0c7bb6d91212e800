import type { CityFacts } from '../../functions/model/release.ts';
import type { City, CitySources, HoursRules, PermitRules, SourceSpec } from '../city.ts';
import { streetFoodSynonyms } from '../food/synonyms.ts';
import type { Outline } from './city-outline.ts';
import type { CityFile } from './city-schema.ts';
import { compileFood } from './compile-food.ts';
import { compileVocabulary } from './compile-vocabulary.ts';
import { readPattern } from './pattern.ts';
import { requiredColumns } from './source-columns.ts';
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
    food: compileFood(file.food),
    sample: file.sample ? withoutUndefined(file.sample, surroundings.resolve) : null,
  };
}

/** In the order in which a release has them: its version depends on it. */
function compileFacts(file: CityFile, { defaultId, outline }: FileSurroundings): CityFacts {
  const { id, name, zone, bounds, center, attribution, reportUrl, synonyms = [], vocabulary, food } = file;
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
      url: attribution.url,
      license: attribution.license,
      licenseUrl: attribution.licenseUrl,
    },
    ...(reportUrl === undefined ? {} : { reportUrl }),
    synonyms: [...(food?.vocabulary === 'none' ? [] : streetFoodSynonyms), ...synonyms],
    ...(vocabulary ? { vocabulary: compileVocabulary(vocabulary) } : {}),
  };
}

type SourceFile = NonNullable<CityFile['sources'][keyof CityFile['sources']]>;

function compileSources({ sources }: CityFile, { resolve }: FileSurroundings): CitySources {
  const specs = Object.entries(sources).flatMap(([name, source]) =>
    source ? [[name, compileSource(name as keyof typeof SOURCE_FIELDS, source, resolve)] as const] : [],
  );
  return Object.fromEntries(specs) as CitySources;
}

function compileSource(
  name: keyof typeof SOURCE_FIELDS,
  { url, paging, columns, required, unread = [] }: SourceFile,
  resolve: (path: string) => string,
): SourceSpec {
  const given: Readonly<Record<string, string | readonly string[] | undefined>> = columns;
  return {
    url: /^https?:/i.test(url) ? url : resolve(url),
    paging,
    columns: Object.fromEntries(SOURCE_FIELDS[name].map((field) => [field, [given[field] ?? []].flat()])),
    required: required ?? requiredColumns(name, columns),
    unread,
  };
}

function compilePermits({ statuses, facilities, names = {}, dateOrder = 'auto' }: CityFile): PermitRules {
  return {
    statuses: statuses ? folded(statuses, foldStatus) : COMMON_STATUSES,
    facilities: facilities ? folded(facilities, foldFacility) : COMMON_FACILITIES,
    testNames: (names.tests ?? []).map((pattern) => readPattern(pattern)),
    unnamed: names.unnamed ?? null,
    dateOrder: dateOrder === 'auto' ? null : dateOrder,
  };
}

function compileHours({ hours }: CityFile): HoursRules {
  return hours ?? { notation: 'schedule' };
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
