import * as z from 'zod/mini';
import {
  facilitiesSchema,
  foodSchema,
  hoursSchema,
  idsSchema,
  namesSchema,
  statusesSchema,
  vocabularySchema,
} from './rule-schemas.ts';
import { described, object, optional, textSchema, webAddressSchema } from './schema-parts.ts';
import { sourcesSchema } from './source-schema.ts';
import { languagesSchema, tilesSchema, wordingSchema } from './wording-schema.ts';

const degrees = (limit: 90 | 180) => z.number().check(z.minimum(-limit), z.maximum(limit));

const boundsSchema = object({
  west: described(degrees(180), 'Longitude of the western edge, in degrees.'),
  south: described(degrees(90), 'Latitude of the southern edge, in degrees.'),
  east: described(degrees(180), 'Longitude of the eastern edge, in degrees.'),
  north: described(degrees(90), 'Latitude of the northern edge, in degrees.'),
});

const attributionSchema = object({
  text: described(textSchema(), 'Who publishes the data, as the licence wants it to be said.'),
  url: optional(webAddressSchema(), "The data's own page."),
  license: optional(textSchema(), "The licence's name. Default: none is shown.", 'PDDL', 'CC BY 4.0'),
  licenseUrl: optional(webAddressSchema(), "The licence's text."),
});

const outlineSchema = z.nullable(
  z.union(
    [
      textSchema(),
      z.looseObject({
        type: described(z.string(), 'Of GeoJSON: `Polygon`, `MultiPolygon`, `Feature` or `FeatureCollection`.'),
      }),
    ],
    {
      error: 'must be GeoJSON with polygons, the path of such a file next to this one, or null',
    },
  ),
);

/**
 * A city's file. It is the only description of the format: the type {@link CityFile}, the checks on loading and the JSON Schema
 * for editors are all derived from it.
 */
export const citySchema = object({
  $schema: optional(z.string(), 'Path or address of the JSON Schema, so that editors complete and explain.'),
  notes: optional(
    z.array(z.string()),
    'Remarks for people: what was checked against which data, and why a rule is there. Nothing reads them.',
  ),
  id: optional(
    z.string().check(z.regex(/^[a-z]+(?:-[a-z]+)*$/, 'must be lower-case words with hyphens')),
    "Short name, used in paths: lower-case words with hyphens. Default: the file's name.",
    'springfield',
  ),
  name: described(textSchema(), 'Name, as the page shows it.', 'Springfield'),
  zone: described(
    z.string().check(z.refine(isZone, 'must be an IANA time zone, such as Europe/Paris')),
    'Time zone of the hours: an IANA name.',
    'America/Chicago',
    'Europe/Paris',
  ),
  bounds: described(boundsSchema, 'The box that the city is in. Places outside are dropped, and reported.'),
  center: optional(
    object({
      lat: described(degrees(90), 'Latitude, in degrees.'),
      lon: described(degrees(180), 'Longitude, in degrees.'),
    }),
    'Where the map begins. Default: the middle of `bounds`.',
  ),
  attribution: described(attributionSchema, 'The publisher of the data, and its licence.'),
  reportUrl: optional(webAddressSchema(), 'Where the city takes reports about a vendor or about wrong data.'),
  wording: optional(wordingSchema, 'What the list has. Default: vendors of street food with permits.', {
    vendor: { en: { one: 'market stall', other: 'market stalls' } },
    permits: false,
  }),
  languages: optional(
    languagesSchema,
    "The page's languages that are offered, the default first: it is used for visitors whose browser asks for none of them. Searches are understood in every language of the search, whatever is offered. Default: all, and English for others.",
    ['es', 'en'],
  ),
  tiles: optional(
    z.nullable(tilesSchema),
    'The base layer of the map. `null`: only the outline. `--tiles` takes precedence. Default: those of OpenStreetMap.',
  ),
  sources: described(sourcesSchema, 'The tables that the city publishes.'),
  statuses: optional(
    statusesSchema,
    "The publisher's words for the state of a permit, and what they mean. Case, blanks and hyphens do not matter. Searches find approved places unless they ask for others. Default: common English words.",
    { active: 'approved', closed: 'inactive' },
  ),
  facilities: optional(
    facilitiesSchema,
    "The publisher's words for kinds of facilities, and their names in the API. The page has words for `truck`, `push_cart`, `food_vendor` and `unknown`, and shows others as they are. Default: common English words.",
    { 'food truck': 'truck', stall: 'stall' },
  ),
  hours: optional(
    hoursSchema,
    'How hours are written. Required if `permits` has a column `hours`; without it, only the source `schedule` has hours.',
    { notation: 'permit-text' },
  ),
  dateOrder: optional(
    z.enum(['auto', 'month-first', 'day-first']),
    'Whether `03/04/2025` is in March (`month-first`) or in April. `auto`: the values of each column decide. Default: `auto`.',
  ),
  ids: optional(
    idsSchema,
    'Where the ids of places come from. They are the same in every reading and any order of rows. Default: the column `id` of `permits`, or else the name and the address.',
    { from: 'columns', columns: ['License', 'Site'] },
  ),
  names: optional(namesSchema, "How to read vendors' names."),
  food: optional(foodSchema, 'How to read the texts about food. Most cities need nothing here.'),
  synonyms: optional(
    z.array(z.array(textSchema()).check(z.minLength(2, 'must be a group of two or more words'))),
    'Groups of words and phrases that mean the same in this city, in addition to those for street food.',
    [['Saint Louis', 'St. Louis', 'STL']],
  ),
  vocabulary: optional(
    vocabularySchema,
    'What people in this city say, in addition to the vocabularies of all languages.',
  ),
  outline: optional(
    outlineSchema,
    'Rough shoreline or border, for a map without tiles: GeoJSON with polygons, or the path of such a file next to this one. `null`: none. Default: a ring around the places, which the page says it is.',
    './outline.geojson',
  ),
  sample: optional(
    object({
      permits: described(textSchema(), 'File in the format of `permits`.'),
      schedule: optional(textSchema(), 'File in the format of `schedule`.'),
      areas: optional(textSchema(), 'File in the format of `areas`.'),
    }),
    'Files with invented data, next to this one (for built-in cities in `seed/sample`), for `--sample` and for a start without network.',
  ),
});

/** A city's file, as it is written. */
export type CityFile = z.input<typeof citySchema>;

/** The runtime decides, as it does when a search asks for the time. */
function isZone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }) !== null;
  } catch {
    return false;
  }
}
