import type { Facets, SearchQuery, Sort } from '../../model/query.ts';
import { type ParsedQuery, parseQuery } from '../../model/text/query-parser.ts';
import { prepareSynonyms, type Synonyms } from '../../model/text/synonyms.ts';
import type { Sections } from './file/index-format.ts';
import type { IndexMetadata } from './file/index-metadata.ts';
import { growingRadii, isNearestOnly } from './geo/nearest-neighbours.ts';
import { queryCellRanges } from './geo/query-ranges.ts';
import { ALL_FACET_GROUPS, BranchFilters } from './match/branch-filters.ts';
import { FacetCounter } from './match/facet-counter.ts';
import { TextMatcher } from './match/text-matcher.ts';
import { type PageStart, Ranker } from './rank/ranker.ts';

/** Vendors on a page up to which their branches' texts are not worth reading beforehand. */
const FEW_VENDORS = 100;

/** What a search found, as numbers of the index. It is good until the next search. */
export type SearcherResult = {
  readonly vendors: number;
  readonly branches: number;
  /** Vendors, in order. */
  readonly page: Uint32Array;
  readonly more: boolean;
  readonly facets: Facets;
  /** What the text of a branch is worth; -1 when the branch is not an answer. */
  textOf(branch: number): number;
  readonly filters: BranchFilters;
};

/** Searches an index. One search at a time: its arrays are used again, so that nothing is allocated for a branch. */
export class Searcher {
  readonly #sections: Sections;
  readonly #facts: IndexMetadata;
  readonly #synonyms: Synonyms;
  readonly #matcher: TextMatcher;
  readonly #ranker: Ranker;
  readonly #facets: FacetCounter;
  readonly #groups: Uint8Array;
  readonly #states: Uint8Array;

  constructor(sections: Sections, facts: IndexMetadata) {
    this.#sections = sections;
    this.#facts = facts;
    this.#synonyms = prepareSynonyms(facts.content.city.synonyms);
    this.#matcher = new TextMatcher(sections, facts.branches);
    this.#ranker = new Ranker(sections, facts.vendors);
    this.#facets = new FacetCounter(sections, facts);
    this.#groups = new Uint8Array(facts.branches);
    this.#states = new Uint8Array(sections.hoursFlags.length);
  }

  /** @param after where the query's page begins */
  search(query: SearchQuery, after: PageStart | null): SearcherResult {
    const plan = parseQuery(query.text, this.#synonyms);
    if (isNearestOnly(query)) return this.#nearest(query);
    const filters = this.#filters(query);
    const order = orderOf(query, after);
    // Few branches' texts are read one by one when they are shown.
    const isWorth = order === 'best' || (plan.length > 0 && query.limit > FEW_VENDORS);
    let count = this.#match(plan, query, filters, isWorth);
    const facets = this.#countFacets(query, count, filters);
    if (query.facets.length > 0) count = this.#keepGroups(count);
    const { ids, texts } = this.#matcher;
    const ranked = this.#ranker.rank({ ids, texts, count }, { ...query, sort: order }, filters, after);
    const textOf = (branch: number) => this.#textOf(branch, count, isWorth);
    return { ...ranked, branches: count, facets, textOf, filters };
  }

  #filters(query: SearchQuery): BranchFilters {
    return new BranchFilters(this.#sections, this.#facts, query, this.#states);
  }

  /** Branches with the words and the place, and which groups each passes; without facets only those that pass all. */
  #match(plan: ParsedQuery, query: SearchQuery, filters: BranchFilters, isWorth: boolean): number {
    // A query of punctuation alone asks for something that no text has; it does not ask for everything.
    if (plan.length === 0 && query.text !== '') return 0;
    const runs = queryCellRanges(query, this.#sections.codes, this.#facts.bounds);
    const { ids, texts } = this.#matcher;
    const found = filters.keepPassingBaseFilters(ids, texts, this.#matcher.match(plan, query.typos, runs, isWorth));
    const groups = this.#groups;
    const isCounted = query.facets.length > 0;
    if (filters.hasNoFacetFilters) {
      if (isCounted) groups.fill(ALL_FACET_GROUPS, 0, found);
      return found;
    }
    let count = 0;
    for (let at = 0; at < found; at++) {
      const branch = ids[at] as number;
      const passed = filters.groups(branch);
      if (!isCounted && passed !== ALL_FACET_GROUPS) continue;
      ids[count] = branch;
      groups[count] = passed;
      texts[count++] = texts[at] as number;
    }
    return count;
  }

  #countFacets({ facets }: SearchQuery, count: number, filters: BranchFilters): Facets {
    if (facets.length === 0) return {};
    const { ids, texts } = this.#matcher;
    const vendors = this.#ranker.collect({ ids, texts, count });
    const grouped = { ids, groups: this.#groups, count };
    return this.#facets.count(facets, grouped, this.#ranker.vendors.subarray(0, vendors), filters);
  }

  #keepGroups(found: number): number {
    const { ids, texts } = this.#matcher;
    let count = 0;
    for (let at = 0; at < found; at++) {
      if (this.#groups[at] !== ALL_FACET_GROUPS) continue;
      ids[count] = ids[at] as number;
      texts[count++] = texts[at] as number;
    }
    return count;
  }

  #textOf(branch: number, count: number, isWorth: boolean): number {
    const { ids, texts } = this.#matcher;
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ids[middle] as number) < branch) low = middle + 1;
      else high = middle;
    }
    if (low === count || ids[low] !== branch) return -1;
    return isWorth ? (texts[low] as number) : this.#matcher.textOf(branch);
  }

  /** Looks at growing circles, until one holds a whole page; the totals are known. */
  #nearest(query: SearchQuery): SearcherResult {
    const totals = this.#totals(query.status);
    const wanted = Math.min(query.limit, totals.vendors);
    const { ids, texts } = this.#matcher;
    for (const radiusMetres of growingRadii(wanted, this.#facts)) {
      const within = { ...query, radiusMetres };
      const filters = this.#filters(within);
      const count = this.#match([], within, filters, false);
      const { vendors, page } = this.#ranker.rank({ ids, texts, count }, { ...query, sort: 'distance' }, filters, null);
      if (vendors < wanted) continue;
      // A vendor's branches beyond the circle belong to its answer too.
      const everywhere = this.#filters(query);
      const textOf = (branch: number) => (everywhere.passesBaseFilters(branch) ? 1 : -1);
      return { ...totals, page, more: totals.vendors > query.limit, facets: {}, textOf, filters: everywhere };
    }
    throw new RangeError('the last circle is the whole earth');
  }

  #totals(status: string | null): { vendors: number; branches: number } {
    const { statuses, statusTotals, vendors, branches } = this.#facts;
    if (status === null) return { vendors, branches };
    return statusTotals[statuses.indexOf(status)] ?? { vendors: 0, branches: 0 };
  }
}

/** The order that is asked for, as the simplest one that is the same. */
function orderOf({ sort, origin, text, timeAsked }: SearchQuery, after: PageStart | null): Sort {
  // Without words and time the best is the nearest, or the first by name; a cursor has the score in it.
  const isPlain = sort === 'best' && text === '' && !timeAsked && after === null;
  if (origin === null) return sort === 'distance' || isPlain ? 'name' : sort;
  return isPlain ? 'distance' : sort;
}
