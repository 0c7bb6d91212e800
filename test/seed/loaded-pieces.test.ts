import { describe, expect, it } from 'vitest';
import { findCity } from '../../seed/find-city.ts';
import { sampleSources } from '../../seed/initial-release.ts';
import { type LoadedData, load } from '../../seed/load.ts';
import { jsonPieces, type LoadedPiece, loadedCollector } from '../../seed/loaded-pieces.ts';

const city = findCity('san-francisco');

/** The sample, with each of its vendors, dropped rows and notes many times. */
async function largeData(): Promise<LoadedData> {
  const loaded = await load({ city, sources: sampleSources(city, 'seed/sample'), origin: 'given', options: {} });
  const repeated = <Item>(items: readonly Item[]) => Array.from({ length: 40 }, () => items).flat();
  return {
    ...loaded,
    release: { ...loaded.release, vendors: repeated(loaded.release.vendors) },
    results: loaded.results.map((result) => ({
      ...result,
      dropped: repeated(result.dropped),
      notes: repeated(result.notes),
    })),
  };
}

const textOf = (piece: LoadedPiece) => ('rest' in piece ? piece.rest : piece.items);

describe('loaded data in pieces', () => {
  it('is the same when they are joined, without the rows of the tables', async () => {
    const data = await largeData();
    const collector = loadedCollector();
    const pieces = [...jsonPieces(data)];
    // A message could change them on its way to another thread, but not share them.
    for (const piece of pieces) collector.add(structuredClone(piece));
    const expected = JSON.parse(JSON.stringify(data));
    for (const { source } of expected.results) source.table.rows = [];
    expect(collector.loaded()).toEqual(expected);
    // No piece has much more than 256 kB, however much data there is.
    const vendors = pieces.filter((piece) => 'list' in piece && piece.list === 'vendors');
    expect(vendors.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(textOf(piece).length).toBeLessThan(400_000);
  });

  it('is not there before its first piece', () => {
    expect(() => loadedCollector().loaded()).toThrow('the first piece is missing');
  });
});
