import { LoadError } from '../load-errors.ts';
import { placeNameKey } from '../record/known-places.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import type { Table } from '../table/table.ts';
import { type ColumnProfile, columnKey, profileColumns } from './column-profile.ts';
import type { FoundTable } from './found-table.ts';
import { findPlaces, isDecimalComma, type PlaceColumns, placesOf } from './place-columns.ts';
import { commonTexts } from './table-keys.ts';
import { noPlacesError } from './unusable-table.ts';

/** A second table that has the coordinates, and how the rows of the first name its places. */
export type JoinedPlaces = {
  /** Path or URL of the second table. */
  readonly from: string;
  /** Its columns by our names: `key`, and those of the coordinates. */
  readonly columns: Readonly<Record<string, string>>;
  readonly unread: readonly string[];
  /** The column of the first table with the names. */
  readonly nameColumn: string;
  /** The places of the rows that name one. */
  readonly places: PlaceColumns;
};

/** The least part of the rows that must name a place of the second table. */
const MIN_SHARE = 0.3;
/** Names that are shown if they are not in the second table. */
const MAX_SHOWN = 5;

/**
 * Finds the two columns by which a table names the places of another: those whose names agree in the most rows.
 * @param found the table of places
 * @throws LoadError if it has no coordinates, or if no column of the first table has its names
 */
export function joinPlaces(
  main: Pick<Table, 'columns' | 'rows'>,
  found: FoundTable,
  other: Pick<Table, 'columns' | 'rows' | 'delimiter'>,
): JoinedPlaces {
  const from = withoutSecrets(found.from);
  const columns = profileColumns(other);
  const places = findPlaces(columns, other);
  if (places.kind !== 'found') throw noPlacesError(found.from, columns, places);
  const placeNames = new Set(Object.values(places.columns).map(({ name }) => name));
  const keys = columns.filter(({ name }) => !placeNames.has(name));
  const names = profileColumns(main);
  const [best] = commonTexts({ columns: names, rows: main.rows }, { columns: keys, rows: other.rows })
    .filter(({ mainShare }) => mainShare >= MIN_SHARE)
    .sort((a, b) => scoreOf(b) - scoreOf(a));
  if (!best) {
    const examples = keys.flatMap(({ examples: [first] }) => first ?? []).slice(0, MAX_SHOWN);
    const listed = (compared: readonly ColumnProfile[]) => compared.map(({ name }) => name).join(', ') || 'none';
    throw new LoadError(
      `${from}: no column has the names that the first table has, so nothing tells which row is at which place. Its texts are like ${examples.map((text) => JSON.stringify(text)).join(', ')}. Compared were ${listed(names)} with ${listed(keys)}`,
    );
  }
  const used = new Set([best.other.name, ...placeNames]);
  return {
    from: found.from,
    columns: {
      key: best.other.name,
      ...Object.fromEntries(Object.entries(places.columns).map(([field, { name }]) => [field, name])),
    },
    unread: columns.map(({ name }) => name).filter((name) => !used.has(name)),
    nameColumn: best.main.name,
    places: placesOfRows(main, other, { key: best.other, name: best.main, places, from }),
  };
}

/** A column that differs in each row names a place; one of states or districts has a common text in every row too. */
function scoreOf({ mainShare, other }: { readonly mainShare: number; readonly other: ColumnProfile }): number {
  return mainShare + 0.5 * (other.counts.length / Math.max(1, other.filled));
}

type Join = {
  readonly key: ColumnProfile;
  readonly name: ColumnProfile;
  readonly places: PlaceColumns;
  readonly from: string;
};

function placesOfRows(
  main: Pick<Table, 'rows'>,
  other: Pick<Table, 'rows' | 'delimiter'>,
  { key, name, places, from }: Join,
): PlaceColumns {
  const known = new Map(
    other.rows.flatMap((row) => {
      const text = row.cells.get(columnKey(key.name));
      const [place] = text === undefined ? [] : placesOf(places.columns, [row], isDecimalComma(other));
      return text !== undefined && place ? [[placeNameKey(text), place] as const] : [];
    }),
  );
  const named = main.rows.map((row) => row.cells.get(columnKey(name.name)) ?? '');
  const found = named.flatMap((text) => known.get(placeNameKey(text)) ?? []);
  const usedPlaces = new Set(named.map(placeNameKey).filter((text) => known.has(text))).size;
  const missing = [...new Set(named.filter((text) => text !== '' && !known.has(placeNameKey(text))))];
  const lost =
    missing.length === 0
      ? ''
      : `; not there: ${missing.slice(0, MAX_SHOWN).join(' · ')}${missing.length > MAX_SHOWN ? ' …' : ''}`;
  return {
    kind: 'found',
    columns: {},
    places: found,
    sureness: missing.length === 0 ? 'sure' : 'likely',
    why: `${found.length} of ${main.rows.length} rows name a place of ${from} in "${name.name}"${lost}; they name ${usedPlaces} of its ${known.size} places`,
  };
}
