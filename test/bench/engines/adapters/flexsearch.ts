import { type BenchEngine, importBenchPackage } from '../bench-engine.ts';
import { Columns } from '../columns.ts';
import { benchDocuments } from '../documents.ts';
import { idsInPlace, placeIndexOf } from './minisearch.ts';

type FlexIndex = { add(id: number, text: string): void; search(query: string, options: { limit: number }): number[] };
type FlexModule = { default: { Index: new (options: object) => FlexIndex } };

/** FlexSearch for words, kdbush for places. FlexSearch stops at its limit, so "all words" has no totals; other tasks request everything. */
export async function flexsearch(branches: number): Promise<BenchEngine> {
  const { default: FlexSearch } = await importBenchPackage<FlexModule>('flexsearch');
  const words = new FlexSearch.Index({ tokenize: 'strict', encode: (text: string) => text.split(' '), resolution: 1 });
  const columns = new Columns();
  for (const document of benchDocuments(branches)) {
    words.add(document.id, document.tokens.join(' '));
    columns.add(document);
  }
  const places = await placeIndexOf(columns);
  return {
    note: 'no totals in "all words"; no prefixes, no typos',
    run(task) {
      if (task.prefix !== undefined || task.typo !== undefined) return null;
      if (task.stems.length === 0) {
        const answer = columns.answer(idsInPlace(task, columns, places), task);
        return task.place === 'nearest' ? { ...answer, vendors: columns.vendors, branches } : answer;
      }
      if (task.place === 'none' && !task.facets) {
        words.search(task.stems.join(' '), { limit: 20 });
        return { vendors: null, branches: null, metres: null };
      }
      return columns.answer(words.search(task.stems.join(' '), { limit: branches }), task);
    },
  };
}
