import { IndexBuilder } from '../../../../functions/engine/embedded/build/index-builder.ts';
import { openIndex } from '../../../../functions/engine/embedded/engine.ts';
import { readSections, type Sections } from '../../../../functions/engine/embedded/file/index-format.ts';
import { type IndexMetadata, readJson } from '../../../../functions/engine/embedded/file/index-metadata.ts';
import type { BranchFilters } from '../../../../functions/engine/embedded/match/branch-filters.ts';
import { Searcher } from '../../../../functions/engine/embedded/searcher.ts';
import type { Steps } from '../../../../functions/model/time-slices.ts';
import { SYNTHETIC_PROVENANCE, syntheticContent } from '../../../fixtures/synthetic-city.ts';
import type { BenchEngine } from '../bench-engine.ts';
import { benchVendors } from '../documents.ts';
import { type Answer, CENTER, type Task } from '../tasks.ts';

/** Curbside's engine: the whole search, with its records decoded. "radius, all" returns vendor numbers in order, as the other engines do. */
export async function curbside(branches: number): Promise<BenchEngine> {
  const builder = new IndexBuilder(syntheticContent(branches, CENTER));
  for (const vendor of benchVendors(branches)) builder.add(vendor);
  const bytes = new Uint8Array(builder.finish());
  const engine = openIndex(bytes, SYNTHETIC_PROVENANCE);
  const sections = readSections(bytes);
  const metadata = readJson(sections.metadata) as IndexMetadata;
  const searcher = new Searcher(sections, metadata);
  return {
    hasFilters: true,
    note: `file ${(bytes.length / 1e6).toFixed(1)} MB`,
    async run({ query, place, limit, stems, best, facets: isCounted }: Task): Promise<Answer> {
      if (limit > 10_000) {
        const { vendors, branches: found, page, filters } = resultOf(searcher.search(query, null));
        return { vendors, branches: found, metres: firstMetres(page, sections, filters) };
      }
      const { vendors, branches: found, hits, facets } = await engine.search(query);
      const needsDistances = place === 'radius' || place === 'nearest';
      const metres = needsDistances ? hits.map(({ key }) => key.distanceMetres) : null;
      const counts = Object.entries(facets).flatMap(([name, values]) =>
        values.map(({ value, count }) => [`${name} ${value}`, count] as const),
      );
      const isRanked = best || (stems.length > 0 && place === 'none');
      return {
        vendors,
        branches: found,
        metres,
        ...(isRanked ? { scores: hits.map(({ key }) => key.score) } : {}),
        ...(isCounted ? { facets: Object.fromEntries(counts) } : {}),
      };
    },
  };
}

function resultOf<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Metres to the nearest branch of each of the first 20 vendors. */
function firstMetres(page: Uint32Array, { vendorStarts, vendorBranches }: Sections, filters: BranchFilters): number[] {
  const first: number[] = [];
  for (let at = 0; at < Math.min(20, page.length); at++) {
    const vendor = page[at] as number;
    const end = vendorStarts[vendor + 1] as number;
    let least = Number.POSITIVE_INFINITY;
    for (let own = vendorStarts[vendor] as number; own < end; own++) {
      least = Math.min(least, filters.metres(vendorBranches[own] as number));
    }
    first.push(least);
  }
  return first;
}
