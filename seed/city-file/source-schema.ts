import * as z from 'zod/mini';
import {
  columnNameSchema,
  columnNamesSchema,
  described,
  isWebAddress,
  object,
  optional,
  textSchema,
} from './schema-parts.ts';

const column = (description: string, ...examples: unknown[]) => optional(columnNamesSchema(), description, ...examples);

/** The columns of places. Coordinates may come from any of three kinds of cells. */
const pointColumns = {
  lat: column('Latitude, in degrees.'),
  lon: column('Longitude, in degrees.'),
  point: column('Latitude and longitude in one cell, as GeoJSON, WKT, `(lat, lon)` or an object.'),
};

/** Texts of cells; an empty one is a blank cell. */
const valuesSchema = () => z.array(z.string()).check(z.minLength(1));

const permitColumns = object({
  id: column('What makes a row unique and stays the same in later readings: the number of a permit or a place.'),
  name: column("The vendor's name. Rows with the same name are one vendor with several places."),
  food: column('What is sold there, in words.'),
  address: column('Street address.'),
  placeKey: column("The place's name in the source `places`, if that is not the address."),
  description: column('Where at that address, in words: `north side of the square`.'),
  facility: column('The kind of facility: a truck, a cart, a stall. `facilities` says what its words mean.'),
  status: column('The state of the permit. Without this column, all rows count as approved.'),
  permit: column("The permit's number, if it is not the id."),
  permitUrl: column("The address of the permit's own page."),
  hours: column('Hours in words; `hours` says in which notation.'),
  approved: column('Date of approval.'),
  received: column('Date of application.'),
  expires: column("The permit's last day."),
  ...pointColumns,
  pointText: column('A second column with latitude and longitude in one cell, read if `point` has none.'),
  area: column('Neighbourhood. The source `areas` takes precedence.'),
});

const scheduleColumns = object({
  id: column('The id of the place, as in `permits`. Without it, ids are made as those of `permits`.'),
  dayOrder: column('The weekday as a number: 0 is Sunday.'),
  dayName: column('The weekday as an English word (`Monday`, `Mon`), read if there is no `dayOrder`.'),
  hours: column('Hours in words, in place of a day and times; `hours.notation` says how they are written.'),
  meal: column('A meal in place of `start` and `end`: `Lunch`. `hours.meals` says when it is.'),
  start: column('When it opens: `09:00`, `9AM`.'),
  end: column('When it closes. A time before `start` is on the next day.'),
  coldTruck: column('Whether it sells packed food and drinks only: `Y`, `yes`, `true` or `1`.'),
  name: column("The vendor's name."),
  address: column('Street address, if ids are made of name and address.'),
  description: column('Where the vendor is, in words.'),
  ...pointColumns,
});

const placeColumns = object({
  key: column(
    'The name of the place, as `permits` has it in `placeKey` or `address`. Case and punctuation do not matter.',
  ),
  address: column('Street address, if it is not the name.'),
  ...pointColumns,
  pointText: column('A second column with latitude and longitude in one cell, read if `point` has none.'),
  area: column('Neighbourhood, if `permits` has none.'),
});

const areaColumns = object({
  name: column("The neighbourhood's name."),
  geometry: column('Its polygons, as GeoJSON or WKT.'),
});

/** Our names of the columns of each source that a city can have. */
export const SOURCE_FIELDS = {
  permits: Object.keys(permitColumns.shape),
  schedule: Object.keys(scheduleColumns.shape),
  areas: Object.keys(areaColumns.shape),
  places: Object.keys(placeColumns.shape),
} as const satisfies Record<string, readonly string[]>;

const filterSchema = object({
  column: described(columnNamesSchema(), "The publisher's name of the column."),
  keep: optional(valuesSchema(), 'Rows with one of these values are kept, all others dropped. Case does not matter.'),
  drop: optional(valuesSchema(), 'Rows with one of these values are dropped. Case does not matter.'),
});

const source = <Columns extends z.ZodMiniType>(columns: Columns) => ({
  url: described(
    textSchema().check(z.refine(isAddress, 'must be an http or https address or a path')),
    'Address of the table (http or https, without parameters for paging), or the path of a file next to this one. CSV, JSON, GeoJSON, JSON lines, and the answers of Socrata, ArcGIS, CKAN and Opendatasoft are recognised.',
    'https://data.example.org/resource/abcd-1234.json',
    './stalls.csv',
  ),
  paging: optional(
    z.enum(['socrata', 'whole']),
    '`socrata`: read in pages by `$limit` and `$offset`. `whole`: read as one answer, or in the pages that a portal offers. Default: recognised from the address.',
  ),
  columns: described(
    columns,
    "The publisher's names of the columns. Case, blanks and punctuation do not matter. A list has all names that a column has had, best first. Leave out what the table does not have.",
  ),
  required: optional(
    z.array(z.string()),
    'Names on the left side of `columns`. If the table lacks one of them, nothing is loaded. Default: what no row can do without.',
  ),
  filters: optional(
    z.array(filterSchema),
    'Which rows count. A row must pass all filters; others are dropped, and reported as filtered.',
    [{ column: 'Type', keep: ['Food truck', 'Food cart'] }],
  ),
  unread: optional(
    z.array(columnNameSchema()),
    'Columns that nobody needs, so that they are not reported as new. A `*` at the end stands for any ending.',
    ['shape_*', 'Zip Code'],
  ),
});

/** A path, with or without a drive letter, or a web address. A blank text has a fault of its own. */
function isAddress(url: string): boolean {
  return !/^[a-z][a-z0-9+.-]+:/i.test(url) || isWebAddress(url);
}

export const sourcesSchema = object({
  permits: described(
    object(source(permitColumns)),
    'The table of places: one row for each vendor at each place. All other sources add to it.',
  ),
  schedule: optional(
    object(source(scheduleColumns)),
    'A table of hours: one row for each place, weekday and range of hours, or one for each place with its hours in words. It takes precedence over the column `hours` of `permits`.',
  ),
  areas: optional(object(source(areaColumns)), 'The polygons of the neighbourhoods: one row each.'),
  places: optional(
    object(source(placeColumns)),
    'A table of places with their coordinates, or of addresses, for permits that have none: one row each.',
  ),
});
