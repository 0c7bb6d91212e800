import { SOURCE_FIELDS } from './source-schema.ts';

type GivenColumns = Readonly<Record<string, unknown>>;

/** How a city's ids are made (`ids` of its file, with its default). */
export type IdOrigin = 'column' | 'columns' | 'name-and-address';

/** The columns without which a source is of no use: our names. Those of `permits` that a city has at all must stay. */
export function requiredColumns(source: string, columns: GivenColumns, ids: IdOrigin): string[] {
  if (source === 'permits') {
    return ['name', ...['id', 'food', 'status'].filter((field) => columns[field] !== undefined)].sort(inOrder);
  }
  if (source === 'schedule') {
    const key = { column: ['id'], columns: [], 'name-and-address': ['name', 'address'] }[ids];
    if (columns.hours !== undefined) return [...key, 'hours'];
    return [
      ...key,
      columns.dayOrder === undefined ? 'dayName' : 'dayOrder',
      ...(columns.meal === undefined ? ['start', 'end'] : ['meal']),
    ];
  }
  if (source === 'places') return ['key'];
  return ['name', 'geometry'];
}

function inOrder(a: string, b: string): number {
  return SOURCE_FIELDS.permits.indexOf(a) - SOURCE_FIELDS.permits.indexOf(b);
}

/** How the ids of a file's places are made. */
export function idOriginOf({
  ids,
  sources,
}: {
  readonly ids?: { readonly from: IdOrigin } | undefined;
  readonly sources: { readonly permits: { readonly columns: GivenColumns } };
}): IdOrigin {
  return ids?.from ?? (sources.permits.columns.id === undefined ? 'name-and-address' : 'column');
}
