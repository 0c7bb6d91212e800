import { type Box, boxContains, isOnEarth, type LatLon } from '../functions/model/geo.ts';
import type { CityFacts } from '../functions/model/release.ts';
import { LANGUAGES } from '../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { type City, type FoodRules, type PermitRules, SOURCE_FIELDS } from './city.ts';
import { LoadError } from './load-errors.ts';
import { sourceFaults } from './source-check.ts';

/** Degrees. Tokyo with its islands is 18 degrees high; a box with west and east swapped is more than 300 wide. */
const MAX_SPAN = 20;

/** @throws LoadError with one line for each fault of a city's file: the path of the fact, and what is wrong with it. */
export function checkCity(city: City): void {
  const faults = cityFaults(city);
  if (faults.length === 0) return;
  throw new LoadError(`the city ${JSON.stringify(city.facts.id)} has wrong facts:\n${faults.join('\n')}`);
}

/** The faults of a city's file that its types do not exclude, each as `path: fault`. */
export function cityFaults({ facts, sources, permits, food, sample }: City): string[] {
  const samples = Object.keys(sample ?? { permits: '' });
  return [
    ...factFaults(facts),
    ...sourceFaults(sources),
    ...permitFaults(permits, sources.permits.columns.status?.length !== 0),
    ...foodFaults(food),
    ...samples
      .filter((name) => !(name in SOURCE_FIELDS))
      .map((name) => `sample.${name}: there is no source of this name`),
    ...(samples.includes('permits') ? [] : ['sample.permits: is missing']),
  ];
}

function factFaults(facts: CityFacts): string[] {
  const { id, name, zone, bounds, center, outline, attribution, synonyms, vocabulary = {} } = facts;
  const parts = Object.keys(LANGUAGES[0] ?? {});
  return [
    ...(/^[a-z]+(?:-[a-z]+)*$/.test(id) ? [] : [`facts.id: ${quoted(id)} is not lower-case words with hyphens`]),
    ...(name.trim() === '' ? ['facts.name: is blank'] : []),
    ...(isZone(zone)
      ? []
      : [`facts.zone: ${quoted(zone)} is not a time zone: give its IANA name, such as Europe/Paris`]),
    ...boundsFaults(bounds, center),
    ...outline.flatMap((ring, at) => (isRing(ring) ? [] : [`facts.outline[${at}]: is not a closed ring of places`])),
    ...(attribution.text.trim() === '' ? ['facts.attribution.text: is blank'] : []),
    ...(['url', 'licenseUrl'] as const).flatMap((field) =>
      isWebAddress(attribution[field])
        ? []
        : [`facts.attribution.${field}: ${quoted(attribution[field])} is not a URL`],
    ),
    ...synonyms.flatMap((group, at) =>
      group.length > 1 && group.every((word) => word.trim() !== '')
        ? []
        : [`facts.synonyms[${at}]: is not a group of two or more words`],
    ),
    ...Object.keys(vocabulary)
      .filter((part) => !parts.includes(part))
      .map((part) => `facts.vocabulary.${part}: there is no such part; there are ${parts.join(', ')}`),
  ];
}

function boundsFaults(bounds: Box, center: LatLon): string[] {
  const { west, south, east, north } = bounds;
  if (!isOnEarth({ lat: south, lon: west }) || !isOnEarth({ lat: north, lon: east })) {
    return ['facts.bounds: are not degrees: west and east are -180 to 180, south and north -90 to 90'];
  }
  if (south >= north) return [`facts.bounds: south ${south} is not below north ${north}`];
  // East of the 180th meridian, longitudes start again at -180.
  const width = east - west + (west > east ? 360 : 0);
  if (width > 0 && width <= MAX_SPAN && north - south <= MAX_SPAN) {
    return boxContains(bounds, center) ? [] : ['facts.center: is outside of facts.bounds'];
  }
  if (west >= east) return [`facts.bounds: west ${west} is not below east ${east}`];
  return [`facts.bounds: are more than ${MAX_SPAN} degrees wide or high, too much for a city`];
}

function isRing(ring: readonly LatLon[]): boolean {
  const [first, last] = [ring[0], ring.at(-1)];
  return ring.length > 3 && first?.lat === last?.lat && first?.lon === last?.lon && ring.every(isOnEarth);
}

/** The runtime decides, as it does when a search asks for the time. */
function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}

/** @param hasStatus whether the permits have a state */
function permitFaults({ statuses, facilities, testNames }: PermitRules, hasStatus: boolean): string[] {
  return [
    ...Object.keys(statuses).flatMap((word) =>
      wordFaults('permits.statuses', word, word.toLowerCase().replace(/[\s_-]+/g, '')),
    ),
    ...(!hasStatus || Object.values(statuses).includes('approved')
      ? []
      : ['permits.statuses: no word means "approved", so searches would find nothing']),
    ...Object.keys(facilities).flatMap((word) => wordFaults('permits.facilities', word, word.toLowerCase().trim())),
    ...testNames.flatMap((pattern, at) => patternFaults(`permits.testNames[${at}]`, pattern)),
  ];
}

/** Cells are compared in their folded form, so that another form of a word never matches. */
function wordFaults(path: string, word: string, folded: string): string[] {
  return word === folded ? [] : [`${path}: ${quoted(word)} never matches; write ${quoted(folded)}`];
}

function foodFaults({ coldTruck, coldTruckCategory, remarks, remarkParts, categories }: FoodRules): string[] {
  const slugs = categories.map(({ slug }) => slug);
  return [
    ...patternFaults('food.coldTruck', coldTruck),
    ...(coldTruck.source.startsWith('^') ? [] : [`food.coldTruck: ${coldTruck} must begin with ^`]),
    ...[coldTruckCategory, ...slugs].flatMap((slug) =>
      /^[a-z][a-z0-9_]*$/.test(slug)
        ? []
        : [`food.categories: ${quoted(slug)} is not lower-case words with underscores`],
    ),
    ...remarks.flatMap((pattern, at) => patternFaults(`food.remarks[${at}]`, pattern, true)),
    ...remarkParts.flatMap((pattern, at) => patternFaults(`food.remarkParts[${at}]`, pattern)),
    ...slugs
      .filter((slug, at) => slugs.indexOf(slug) !== at)
      .map((slug) => `food.categories: ${quoted(slug)} is there twice`),
  ];
}

/** `test` and `exec` of a global or sticky expression begin where the last match ended, so every other row would pass. */
function patternFaults(path: string, pattern: RegExp, isGlobal = false): string[] {
  const matchesAnything = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test('');
  return [
    ...(pattern.global === isGlobal && !pattern.sticky
      ? []
      : [`${path}: ${pattern} must ${isGlobal ? 'have the flag g, and not y' : 'not have the flag g or y'}`]),
    ...(matchesAnything ? [`${path}: ${pattern} matches an empty text, and so every text`] : []),
  ];
}

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}
