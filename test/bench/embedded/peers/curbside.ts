import { IndexBuilder } from '../../../../functions/engine/embedded/build.ts';
import { type IndexFacts, readJson } from '../../../../functions/engine/embedded/facts.ts';
import { readSections } from '../../../../functions/engine/embedded/format.ts';
import { openIndex } from '../../../../functions/engine/embedded/open.ts';
import { Searcher } from '../../../../functions/engine/embedded/searcher.ts';
import { SYNTHETIC_PROVENANCE, syntheticContent } from '../../town.ts';
import { vendorsOf } from '../documents.ts';
import { type Answer, CENTER, type Job } from '../jobs.ts';
import type { Peer } from '../peer.ts';

/** This project's engine: the whole search with its records decoded; of "radius, all" the numbers and their order only, as of the peers. */
export async function curbside(branches: number): Promise<Peer> {
  const builder = new IndexBuilder(syntheticContent(branches, CENTER));
  for (const vendor of vendorsOf(branches)) builder.add(vendor);
  const bytes = new Uint8Array(builder.finish());
  const engine = openIndex(bytes, SYNTHETIC_PROVENANCE);
  const sections = readSections(bytes);
  const searcher = new Searcher(sections, readJson(sections.facts) as IndexFacts);
  return {
    note: `file ${(bytes.length / 1e6).toFixed(1)} MB`,
    async run({ query, place, limit, facets: isCounted }: Job): Promise<Answer> {
      if (limit > 10_000) {
        const { vendors, branches: found, page, filters } = searcher.search(query, null);
        const first = Array.from(page.subarray(0, 20), (vendor) =>
          Math.min(
            ...Array.from(
              sections.vendorBranches.subarray(sections.vendorStarts[vendor], sections.vendorStarts[vendor + 1]),
              (branch) => filters.metres(branch),
            ),
          ),
        );
        return { vendors, branches: found, metres: first };
      }
      const { vendors, branches: found, hits, facets } = await engine.search(query);
      const isMeasured = place === 'radius' || place === 'nearest';
      const metres = isMeasured ? hits.map(({ key }) => key.distanceMetres) : null;
      const counts = Object.entries(facets).flatMap(([name, values]) =>
        values.map(({ value, count }) => [`${name} ${value}`, count] as const),
      );
      return { vendors, branches: found, metres, ...(isCounted ? { facets: Object.fromEntries(counts) } : {}) };
    },
  };
}
