import type { CityFile } from '../../../seed/city-file/city-schema.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';

/** {@link FULL} with other values at some paths; `undefined` removes what is there. */
export function cityWith(changes: Readonly<Record<string, unknown>>): unknown {
  const file = structuredClone(FULL) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) {
    const parts = path.split('.');
    const last = parts.pop() ?? '';
    let parent = file;
    for (const part of parts) {
      parent[part] ??= {};
      parent = parent[part] as Record<string, unknown>;
    }
    if (value === undefined) delete parent[last];
    else parent[last] = value;
  }
  return file;
}

export const FULL: CityFile = {
  ...minimalCity(),
  id: 'springfield',
  center: { lat: 40.5, lon: -89.5 },
  statuses: { active: 'approved', closed: 'inactive' },
  facilities: { 'food truck': 'truck' },
  hours: { notation: 'permit-text' },
  names: { tests: ['^TEST'] },
  food: { remarks: ['do not approve'] },
  synonyms: [['taco', 'tacos al carbon']],
  sources: {
    permits: {
      url: 'https://data.example.org/resource/abcd-1234.json',
      columns: { id: 'Id', name: 'Name', food: ['Food', 'Menu'], status: 'State', hours: 'Hours', lat: 'Y', lon: 'X' },
    },
  },
};

/** Changes of {@link FULL} by path, and the beginning of the fault that each of them makes. */
export const FAULTY_FILES: [what: string, changes: Readonly<Record<string, unknown>>, fault: string][] = [
  [
    'a misspelt zone',
    { zone: 'America/Los_Angelos' },
    'zone: must be an IANA time zone, such as Europe/Paris, got "America/Los_Angelos"',
  ],
  ['a blank zone', { zone: '' }, 'zone: must be an IANA time zone, such as Europe/Paris, got ""'],
  ['a bad id', { id: 'San Francisco' }, 'id: must be lower-case words with hyphens, got "San Francisco"'],
  ['a blank name', { name: ' ' }, 'name: must not be blank, got " "'],
  ['a name that is a number', { name: 5 }, 'name: must be a text, got 5'],
  ['no name', { name: undefined }, 'name: is missing'],
  ['no bounds', { bounds: undefined }, 'bounds: is missing'],
  ['an edge that is missing', { 'bounds.east': undefined }, 'bounds.east: is missing'],
  ['south and north swapped', { 'bounds.south': 41, 'bounds.north': 40 }, 'bounds: south 41 is not below north 40'],
  ['west and east swapped', { 'bounds.west': -89, 'bounds.east': -90 }, 'bounds: west -89 is not below east -90'],
  [
    'the bounds of a continent',
    { bounds: { west: -170, south: 7, east: -52, north: 83 } },
    'bounds: are more than 20 degrees wide or high, too much for a city',
  ],
  [
    'a center elsewhere',
    { center: { lat: 40.7, lon: -74 } },
    'center: is outside of bounds, got {"lat":40.7,"lon":-74}',
  ],
  [
    'an outline that is not GeoJSON',
    { outline: { type: 'Point', coordinates: [1, 2] } },
    'outline: must be GeoJSON with one geometry, a Polygon or a MultiPolygon',
  ],
  [
    'an open outline',
    {
      outline: {
        type: 'Polygon',
        coordinates: [
          [
            [-90, 40],
            [-89, 40],
            [-89, 41],
            [-90, 41],
          ],
        ],
      },
    },
    'outline: ring 1 is not a closed ring of longitudes and latitudes in degrees',
  ],
  [
    'an outline in metres',
    {
      outline: {
        type: 'Polygon',
        coordinates: [
          [
            [500000, 40],
            [-89, 40],
            [-89, 41],
            [500000, 40],
          ],
        ],
      },
    },
    'outline: ring 1 is not a closed ring of longitudes and latitudes in degrees',
  ],
  ['an outline that is not there', { outline: './outline.geojson' }, 'outline: there is no file ./outline.geojson'],
  [
    'an outline of another type',
    { outline: 5 },
    'outline: must be GeoJSON with polygons, the path of such a file next to this one, or null, got 5',
  ],
  [
    'a bad link',
    { 'attribution.url': 'data.example.org' },
    'attribution.url: must be an address that begins with http:// or https://, got "data.example.org"',
  ],
  [
    'a link to a script',
    { reportUrl: 'javascript:alert(1)' },
    'reportUrl: must be an address that begins with http:// or https://, got "javascript:alert(1)"',
  ],
  ['a synonym alone', { synonyms: [['taco']] }, 'synonyms[0]: must be a group of two or more words, got ["taco"]'],
  ['an unknown field', { colour: 'red' }, 'colour: there is no such field; there are notes, id, name, zone, bounds, '],
  ['a misspelt field', { Sources: {} }, 'Sources: there is no such field; did you mean "sources"?'],
  [
    'a misspelt field further down',
    { 'sources.permits.colums': {} },
    'sources.permits.colums: there is no such field; did you mean "columns"?',
  ],
  [
    'an unknown source',
    { 'sources.menus': FULL.sources.permits },
    'sources.menus: there is no such field; there are permits, schedule, areas, places',
  ],
  [
    'a misspelt column',
    { 'sources.permits.columns.foods': 'Food' },
    'sources.permits.columns.foods: there is no such field; did you mean "food"?',
  ],
  ['an address that is blank', { 'sources.permits.url': '' }, 'sources.permits.url: must not be blank, got ""'],
  [
    'an address of another scheme',
    { 'sources.permits.url': 'ftp://example.org/p.csv' },
    'sources.permits.url: must be an http or https address or a path, got "ftp://example.org/p.csv"',
  ],
  [
    'a paging that does not exist',
    { 'sources.permits.paging': 'ckan' },
    'sources.permits.paging: must be "socrata" or "whole", got "ckan"',
  ],
  ['no column for names', { 'sources.permits.columns.name': undefined }, 'sources.permits.columns.name: is missing'],
  [
    'no place',
    { 'sources.permits.columns.lat': undefined },
    'sources.permits.columns.lat: is missing: a place needs lat and lon, or point',
  ],
  [
    'a required column without a name',
    { 'sources.permits.required': ['area'] },
    'sources.permits.required: columns names no column for "area"',
  ],
  [
    'a column of no letter',
    { 'sources.permits.columns.food': '--' },
    'sources.permits.columns.food: must be a column\'s name, with at least one letter or digit, got "--"',
  ],
  [
    'a column that is a number',
    { 'sources.permits.columns.food': 3 },
    "sources.permits.columns.food: must be a column's name, or a list of the names that it has had, best first, got 3",
  ],
  [
    'a state that does not exist',
    { statuses: { ok: 'good' } },
    'statuses.ok: must be "approved" or "requested" or "expired"',
  ],
  [
    'no approved state',
    { statuses: { ok: 'issued' } },
    'statuses: no word means "approved", so searches would find nothing',
  ],
  [
    'one state with two meanings',
    { statuses: { ok: 'approved', 'On hold': 'onhold', ON_HOLD: 'inactive' } },
    'statuses.ON_HOLD: is the same word as "On hold", with another meaning',
  ],
  [
    'one facility with two meanings',
    { facilities: { Truck: 'truck', truck: 'cart' } },
    'facilities.truck: is the same word as "Truck", with another meaning',
  ],
  [
    'a facility with blanks',
    { facilities: { Truck: 'Food truck' } },
    'facilities.Truck: must be lower-case words with underscores, got "Food truck"',
  ],
  [
    'hours without a notation',
    { hours: undefined },
    'hours: is missing: sources.permits.columns.hours needs the notation of its texts',
  ],
  [
    'hours without a column',
    { 'sources.permits.columns.hours': undefined },
    'sources.permits.columns.hours: is missing: hours.notation is "permit-text"',
  ],
  [
    'hours without a schedule',
    { hours: { notation: 'schedule' } },
    'sources.schedule: is missing: hours.notation is "schedule"',
  ],
  [
    'a notation that does not exist',
    { hours: { notation: 'sundial' } },
    'hours.notation: must be "permit-text" or "english" or "opening-hours" or "weekday-columns" or "open-close-columns" or "schedule", got "sundial"',
  ],
  ['a pattern that is not one', { 'names.tests': ['(TEST'] }, 'names.tests[0]: is not a regular expression: '],
  [
    'a global pattern',
    { 'names.tests': ['/^TEST/g'] },
    'names.tests[0]: the flags /g are not allowed: choose from i, m, s and u, got "/^TEST/g"',
  ],
  [
    'a pattern that is every name',
    { 'names.tests': ['(?:TEST)?'] },
    'names.tests[0]: matches an empty text, and so every text, got "(?:TEST)?"',
  ],
  [
    'a prefix in the middle',
    { 'food.coldTruck': { prefix: 'cold truck' } },
    'food.coldTruck.prefix: must begin with ^, got "cold truck"',
  ],
  [
    'a category that is not a slug',
    { 'food.coldTruck': { category: 'Cold Truck' } },
    'food.coldTruck.category: must be lower-case words with underscores, got "Cold Truck"',
  ],
  [
    'a part of the vocabulary that does not exist',
    { vocabulary: { meaning: { a: ['b'] } } },
    'vocabulary.meaning: there is no such field; did you mean "meanings"?',
  ],
  ['a sample without permits', { sample: { schedule: 'schedule.csv' } }, 'sample.permits: is missing'],
  ['a list in place of an object', { attribution: [] }, 'attribution: must be an object, got []'],
  [
    'a column with a second name of no letter',
    { 'sources.permits.columns.food': ['Food', '--'] },
    'sources.permits.columns.food[1]: must be a column\'s name, with at least one letter or digit, got "--"',
  ],
];
