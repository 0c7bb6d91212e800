import type { LoadedData } from './load.ts';

/** The lists of {@link LoadedData} that grow with the number of rows. */
type ListName = 'vendors' | 'dropped' | 'notes';

/** A part of {@link LoadedData} as JSON: items of a list, or what remains without these lists. */
export type LoadedPiece =
  | { readonly list: ListName; readonly result: number; readonly items: string }
  | { readonly rest: string };

/** Characters of a piece, at least: they are parsed in 1 or 2 ms. A single string could not hold a million branches with their report. */
const PIECE_LENGTH = 262_144;

/** Loaded data in pieces of JSON, without the rows of its tables: they are most of the data, and no reader of the results needs them. */
export function* jsonPieces({ release, results, warnings }: LoadedData): Generator<LoadedPiece> {
  const slimResults = results.map((result) => ({
    ...result,
    source: { ...result.source, table: { ...result.source.table, rows: [] } },
    dropped: [],
    notes: [],
  }));
  yield { rest: JSON.stringify({ release: { ...release, vendors: [] }, results: slimResults, warnings }) };
  for (const items of listPieces(release.vendors)) yield { list: 'vendors', result: 0, items };
  for (const [result, { dropped, notes }] of results.entries()) {
    for (const items of listPieces(dropped)) yield { list: 'dropped', result, items };
    for (const items of listPieces(notes)) yield { list: 'notes', result, items };
  }
}

function* listPieces(items: readonly unknown[]): Generator<string> {
  let piece = '';
  for (const item of items) {
    piece += `${piece && ','}${JSON.stringify(item)}`;
    if (piece.length < PIECE_LENGTH) continue;
    yield `[${piece}]`;
    piece = '';
  }
  if (piece) yield `[${piece}]`;
}

/** Joins the pieces again. */
export function loadedCollector(): { add(piece: LoadedPiece): void; loaded(): LoadedData } {
  let data: LoadedData | undefined;
  const loaded = () => {
    if (!data) throw new Error('the first piece is missing');
    return data;
  };
  return {
    loaded,
    add(piece) {
      if ('rest' in piece) {
        data = JSON.parse(piece.rest);
        return;
      }
      const list = piece.list === 'vendors' ? loaded().release.vendors : loaded().results[piece.result]?.[piece.list];
      for (const item of JSON.parse(piece.items)) (list as unknown[]).push(item);
    },
  };
}
