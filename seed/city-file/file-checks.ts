import { boxContains } from '../../functions/model/geo.ts';
import { isTextNotation } from '../city.ts';
import { type CityFile, citySchema } from './city-schema.ts';
import { type FieldPath, fault } from './file-faults.ts';
import { idOriginOf, requiredColumns } from './source-columns.ts';
import { foldFacility, foldStatus } from './words.ts';

/** Degrees. Tokyo with its islands is 18 degrees high; a box with west and east swapped is more than 300 wide. */
const MAX_SPAN = 20;

/** The fields of a file that are right on their own. */
type SoundFields = Partial<CityFile>;

/** The faults between the fields of a file: each field is right on its own, but they do not fit together. */
export function fitFaults(json: Readonly<Record<string, unknown>>): string[] {
  const sound = soundFields(json);
  return [
    ...placeFaults(sound),
    ...sourceFaults(sound),
    ...wordFaults(sound),
    ...idFaults(sound),
    ...(json.hours === undefined || sound.hours ? hoursFaults(sound) : []),
  ];
}

/** A fault in one field must not hide those of the others. */
function soundFields(json: Readonly<Record<string, unknown>>): SoundFields {
  const fields = Object.entries(citySchema.shape).flatMap(([name, schema]) => {
    const { success, data } = schema.safeParse(json[name]);
    return success && data !== undefined ? [[name, data]] : [];
  });
  return Object.fromEntries(fields) as SoundFields;
}

function placeFaults({ bounds, center }: SoundFields): string[] {
  if (!bounds) return [];
  const { west, south, east, north } = bounds;
  if (south >= north) return [fault(['bounds'], `south ${south} is not below north ${north}`)];
  // East of the 180th meridian, longitudes start again at -180.
  const width = east - west + (west > east ? 360 : 0);
  if (width > 0 && width <= MAX_SPAN && north - south <= MAX_SPAN) {
    return center && !boxContains(bounds, center) ? [fault(['center'], 'is outside of bounds', center)] : [];
  }
  if (west >= east) return [fault(['bounds'], `west ${west} is not below east ${east}`)];
  return [fault(['bounds'], `are more than ${MAX_SPAN} degrees wide or high, too much for a city`)];
}

function sourceFaults({ sources, ids }: SoundFields): string[] {
  if (!sources) return [];
  const idOrigin = idOriginOf({ ids, sources });
  return Object.entries(sources).flatMap(([name, source]) => {
    if (!source) return [];
    const { columns, required, filters = [] } = source;
    const described: Readonly<Record<string, unknown>> = columns;
    const path = ['sources', name];
    const lacks = (field: string) => described[field] === undefined;
    return [
      ...requiredColumns(name, columns, idOrigin)
        .filter(lacks)
        .map((field) => fault([...path, 'columns', field], 'is missing')),
      ...(required ?? [])
        .filter(lacks)
        .map((field) => fault([...path, 'required'], `columns names no column for ${JSON.stringify(field)}`)),
      ...filters.flatMap(({ keep, drop }, at) =>
        keep || drop ? [] : [fault([...path, 'filters', at], 'needs "keep" or "drop"')],
      ),
      ...(name === 'places' || (name === 'permits' && !sources.places)
        ? coordinateFaults([...path, 'columns'], lacks)
        : []),
      ...(name === 'permits' && sources.places && lacks('placeKey') && lacks('address')
        ? [fault([...path, 'columns', 'placeKey'], 'is missing: the source places needs it, or an address')]
        : []),
    ];
  });
}

function idFaults({ sources, ids }: SoundFields): string[] {
  if (!sources || sources.permits.columns.id !== undefined || ids?.from !== 'column') return [];
  return [fault(['sources', 'permits', 'columns', 'id'], 'is missing: ids.from is "column"')];
}

function coordinateFaults(path: FieldPath, lacks: (field: string) => boolean): string[] {
  if (!lacks('point') || !lacks('pointText')) return [];
  return ['lat', 'lon']
    .filter(lacks)
    .map((field) => fault([...path, field], 'is missing: a place needs lat and lon, or point'));
}

function wordFaults({ sources, statuses, facilities }: SoundFields): string[] {
  const hasStatus = sources?.permits.columns.status !== undefined;
  return [
    ...(statuses && hasStatus && !Object.values(statuses).includes('approved')
      ? [fault(['statuses'], 'no word means "approved", so searches would find nothing')]
      : []),
    ...ambiguous(['statuses'], statuses, foldStatus),
    ...ambiguous(['facilities'], facilities, foldFacility),
  ];
}

/** Words that are the same when they are compared, with different meanings. */
function ambiguous(path: FieldPath, words: Readonly<Record<string, string>> = {}, fold: (word: string) => string) {
  const seen = new Map<string, [word: string, meaning: string]>();
  return Object.entries(words).flatMap(([word, meaning]) => {
    const [first, other] = seen.get(fold(word)) ?? [];
    seen.set(fold(word), [word, meaning]);
    if (other === undefined || other === meaning) return [];
    return [fault([...path, word], `is the same word as ${JSON.stringify(first)}, with another meaning`)];
  });
}

function hoursFaults({ sources, hours }: SoundFields): string[] {
  if (!sources) return [];
  const hasOwnText = sources.permits.columns.hours !== undefined;
  const hasText = hasOwnText || sources.schedule?.columns.hours !== undefined;
  const path = ['sources', hasOwnText || !hasText ? 'permits' : 'schedule', 'columns', 'hours'];
  const isText = hours !== undefined && isTextNotation(hours.notation);
  if (hours?.notation === 'weekday-columns' && Object.keys(hours.columns).length === 0) {
    return [fault(['hours', 'columns'], 'names no column')];
  }
  if (hasText && hours === undefined) {
    return [fault(['hours'], `is missing: ${path.join('.')} needs the notation of its texts`)];
  }
  if (!hasText && isText) {
    return [fault(path, `is missing: hours.notation is "${hours.notation}"`)];
  }
  if (hours?.notation === 'schedule' && !sources.schedule) {
    return [fault(['sources', 'schedule'], 'is missing: hours.notation is "schedule"')];
  }
  if (hasText && hours && !isText) {
    return [fault(path, `is not read, because hours.notation is "${hours.notation}"`)];
  }
  return [];
}
