import { Columns } from '../columns.ts';
import { documentsOf } from '../documents.ts';
import { type Peer, peerPackage } from '../peer.ts';
import { idsAt, placesOf } from './minisearch.ts';

type FlexIndex = { add(id: number, text: string): void; search(query: string, options: { limit: number }): number[] };
type FlexModule = { default: { Index: new (options: object) => FlexIndex } };

/** FlexSearch for the words, kdbush for the places. It stops at its limit: "all words" has no totals, the other jobs ask for all. */
export async function flexsearch(branches: number): Promise<Peer> {
  const { default: FlexSearch } = await peerPackage<FlexModule>('flexsearch');
  const words = new FlexSearch.Index({ tokenize: 'strict', encode: (text: string) => text.split(' '), resolution: 1 });
  const columns = new Columns();
  for (const document of documentsOf(branches)) {
    words.add(document.id, document.tokens.join(' '));
    columns.add(document);
  }
  const places = await placesOf(columns);
  return {
    note: 'no totals in "all words"; no prefixes, no typos',
    run(job) {
      if (job.prefix !== undefined || job.typo !== undefined) return null;
      if (job.stems.length === 0) {
        const answer = columns.answer(idsAt(job, columns, places), job);
        return job.place === 'nearest' ? { ...answer, vendors: columns.vendors, branches } : answer;
      }
      if (job.place === 'none' && !job.facets) {
        words.search(job.stems.join(' '), { limit: 20 });
        return { vendors: null, branches: null, metres: null };
      }
      return columns.answer(words.search(job.stems.join(' '), { limit: branches }), job);
    },
  };
}
