import { byCodePoint } from '../../model/comparators.ts';
import { type FilterValues, sorted } from '../../model/filter-values.ts';
import type { BranchHit, Hit, SearchQuery, SearchResult, SortKey } from '../../model/query.ts';
import { geoFactor } from '../../model/ranking.ts';
import type { Provenance } from '../../model/release.ts';
import { inSlices, oneAtATime, type Steps } from '../../model/time-slices.ts';
import type { Branch, Vendor } from '../../model/vendor.ts';
import type { Engine } from '../engine.ts';
import { readSections, type Sections } from './file/index-format.ts';
import { type IndexMetadata, readJson } from './file/index-metadata.ts';
import { createRecordReader, type DecodedVendor } from './file/vendor-records.ts';
import type { PageStart } from './rank/ranker.ts';
import { Searcher } from './searcher.ts';
import type { SearcherResult } from './searcher-result.ts';
import { suggest } from './suggest.ts';

/**
 * Opens an index file, which holds a release's content, with its provenance. The bytes are not copied and must not change. Runs in any
 * JavaScript environment.
 * @param block the number of branches that are matched in a step, if all together would take long; a multiple of 32
 * @throws EngineError if the bytes are not an index, have another format, or are damaged.
 */
export function openIndex(bytes: Uint8Array<ArrayBuffer>, provenance: Provenance, block?: number): Engine {
  const sections = readSections(bytes);
  return openSections({ sections, metadata: readJson(sections.metadata) as IndexMetadata }, provenance, block);
}

/** The sections of an index file, which must not change, and what the first of them says. */
export type IndexContent = { readonly sections: Sections; readonly metadata: IndexMetadata };

/** Opens an index whose sections are in memory. @param block as for {@link openIndex} */
export function openSections({ sections, metadata }: IndexContent, provenance: Provenance, block?: number): Engine {
  const readAt = createRecordReader(sections, metadata);
  const searcher = new Searcher(sections, metadata, block);
  const { format, ...content } = metadata.content;
  const runSteps = oneAtATime();
  const info = {
    ...content,
    ...provenance,
    vendors: metadata.vendors,
    branches: metadata.branches,
    words: metadata.words,
    values: valuesOf(metadata),
  };
  return {
    name: 'embedded',
    search: async (query) => {
      const page = runSteps(searchSteps(query, sections, searcher, readAt));
      return inSlices(hitSteps(page instanceof Promise ? await page : page, readAt));
    },
    counter: () => async (query) => (await runSteps(searcher.search(withoutHits(query), null))).vendors,
    suggest: async (query) => suggest(sections, metadata.statuses, query),
    find: async (id) => findVendor(id, sections, readAt),
    about: async () => info,
  };
}

function valuesOf({ categories, facilities, areas, statuses }: IndexMetadata): FilterValues {
  return {
    category: sorted(categories),
    facility: sorted(facilities),
    area: sorted(areas.filter((area) => area !== null)),
    status: sorted(statuses),
  };
}

/** The same matches; without an order that needs scores or distances. */
function withoutHits(query: SearchQuery): SearchQuery {
  return { ...query, sort: 'name', facets: [], limit: 0, after: null };
}

type ReadAt = (number: number) => DecodedVendor;

/** A page whose vendors are not decoded yet. */
type Page = Omit<SearchResult, 'hits'> & { readonly numbers: Uint32Array; readonly scored: ScoredVendors };

function* searchSteps(query: SearchQuery, sections: Sections, searcher: Searcher, readAt: ReadAt): Steps<Page> {
  const found = yield* searcher.search(query, query.after && pageStart(query.after, sections, readAt));
  const { vendors, branches, more, facets } = found;
  // The searcher's arrays are valid until the next search, so everything is read from them before others may search.
  return { vendors, branches, more, facets, numbers: found.page.slice(), scored: scoreVendors(query, found, sections) };
}

/** Decodes the vendors of a page. */
function* hitSteps({ numbers, scored, vendors, branches, more, facets }: Page, readAt: ReadAt): Steps<SearchResult> {
  const hits: Hit[] = [];
  for (let at = 0; at < numbers.length; at++) {
    hits.push(hitOf(numbers[at] as number, scored, at, readAt));
    if (hits.length % HITS_PER_STEP === 0) yield;
  }
  return { vendors, branches, hits, more, facets };
}

/** The number of vendors that are decoded in a step: each takes up to 10 µs. */
const HITS_PER_STEP = 32;

/** The vendors of a page: the score of each, and those of its branches that match, by their place among the vendor's. */
type ScoredVendors = {
  readonly scores: Float64Array;
  /** The branches of all vendors: those of one end where those of the next begin. */
  readonly ends: Uint32Array;
  readonly places: readonly number[];
  readonly metres: readonly (number | null)[];
};

function scoreVendors(query: SearchQuery, found: SearcherResult, sections: Sections): ScoredVendors {
  const { vendorStarts, vendorBranches } = sections;
  const { page, filters } = found;
  const [scores, ends] = [new Float64Array(page.length), new Uint32Array(page.length)];
  const places: number[] = [];
  const metres: (number | null)[] = [];
  for (let index = 0; index < page.length; index++) {
    const first = vendorStarts[page[index] as number] as number;
    const end = vendorStarts[(page[index] as number) + 1] as number;
    let [score, bestText, bestOpen, nearest] = [0, 0, 0, Number.POSITIVE_INFINITY];
    for (let at = first; at < end; at++) {
      const branch = vendorBranches[at] as number;
      const text = found.textScore(branch);
      if (text < 0) continue;
      const distanceMetres = query.origin && filters.metres(branch);
      places.push(at - first);
      metres.push(distanceMetres);
      const open = filters.openFactor(branch);
      const distance = distanceMetres ?? 0;
      // A branch that is better in no factor cannot have a higher score, and a power costs more than this test.
      if (text <= bestText && open <= bestOpen && distance >= nearest) continue;
      [bestText, bestOpen, nearest] = [text, open, distance];
      score = Math.max(score, text * geoFactor(distanceMetres, query.scaleMetres) * open);
    }
    scores[index] = score;
    ends[index] = places.length;
  }
  return { scores, ends, places, metres };
}

function hitOf(number: number, { scores, ends, places, metres }: ScoredVendors, index: number, readAt: ReadAt): Hit {
  const { vendor, name } = readAt(number);
  const branches: BranchHit[] = [];
  const end = ends[index] as number;
  for (let at = ends[index - 1] ?? 0; at < end; at++) {
    branches.push({
      branch: vendor.branches[places[at] as number] as Branch,
      distanceMetres: metres[at] as number | null,
    });
  }
  if (branches.length > 1) branches.sort(byDistance);
  const score = scores[index] as number;
  const distanceMetres = branches[0]?.distanceMetres ?? 0;
  return { vendor, branches, score, key: { score, distanceMetres, name, id: vendor.id } };
}

function byDistance(a: BranchHit, b: BranchHit): number {
  return (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0) || byCodePoint(a.branch.id, b.branch.id);
}

/** A cursor's position in terms of the index's vendor numbers. */
function pageStart({ score, distanceMetres, name, id }: SortKey, sections: Sections, readAt: ReadAt): PageStart {
  const isAfter = (vendor: number) => {
    const read = readAt(vendor);
    return (byCodePoint(read.name, name) || byCodePoint(read.vendor.id, id)) > 0;
  };
  return { score, metres: distanceMetres, vendor: firstNumber(sections.vendorsById.length, isAfter) };
}

/** The first of `count` numbers for which something is true, as it is for all after it; `count` if there is none. */
function firstNumber(count: number, isTrue: (number: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function findVendor(id: string, { vendorsById }: Sections, readAt: ReadAt): Vendor | undefined {
  const vendorAt = (at: number) => readAt(vendorsById[at] as number).vendor;
  const at = firstNumber(vendorsById.length, (number) => byCodePoint(vendorAt(number).id, id) >= 0);
  const vendor = at < vendorsById.length ? vendorAt(at) : undefined;
  return vendor?.id === id ? vendor : undefined;
}
