import { LoadError } from '../load-errors.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { NoPlaces } from './place-columns.ts';

/** The error for a table without places that can be read: what is missing, and what to do. */
export function noPlacesError(from: string, columns: readonly ColumnProfile[], found: NoPlaces): LoadError {
  return new LoadError(`${withoutSecrets(from)}: ${SENTENCES[found.kind](columns, found as never)}`);
}

const quoted = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(' and ');

const SENTENCES: {
  readonly [Kind in NoPlaces['kind']]: (
    columns: readonly ColumnProfile[],
    found: Extract<NoPlaces, { kind: Kind }>,
  ) => string;
} = {
  none: (columns) => {
    const addresses = columns.filter((column) => column.share('street') >= 0.4 && column.share('words') >= 0.5);
    const [best] = addresses;
    const names = columns
      .map(({ name }) => name)
      .slice(0, 30)
      .join(', ');
    const found = best
      ? `The ${addresses.length === 1 ? 'column' : 'columns'} ${quoted(addresses.map(({ name }) => name))} ${addresses.length === 1 ? 'looks' : 'look'} like addresses, such as ${JSON.stringify(best.examples[0])}, but no geocoder is called.`
      : 'No column looks like an address either.';
    return [
      'has no coordinates, so nothing can be put on a map.',
      found,
      `Add two columns "latitude" and "longitude" in degrees (37.7749 and -122.4194)${best ? `, for instance from a list of places that has ${quoted([best.name])} too, or give that list with --places FILE` : ''}.`,
      `The columns are: ${names}`,
    ].join(' ');
  },
  projected: (_, { columns, system, example }) =>
    `has places in ${quoted(columns)} (${example}), which look like ${system} and not like degrees. ` +
    'Export the table with the coordinate system WGS 84 (EPSG:4326), in which a place is two numbers such as 37.77 and -122.42; from ArcGIS, give the address of the layer (…/FeatureServer/0)',
  'longitude-first': (_, { columns, example }) =>
    `has places in ${quoted(columns)} (${JSON.stringify(example.slice(0, 60))}) that cannot be read: a text needs the latitude first. ` +
    'Write the latitude before the longitude, or export the two as columns "latitude" and "longitude"',
};

/** The error for a table in which no column can be a vendor's name. */
export function noNamesError(from: string, columns: readonly ColumnProfile[]): LoadError {
  const names = columns
    .map(({ name }) => name)
    .slice(0, 30)
    .join(', ');
  return new LoadError(
    `${withoutSecrets(from)}: has no column with names. Add a column "name", or rename the one that has them; some of its cells may be blank. The columns are: ${names}`,
  );
}
