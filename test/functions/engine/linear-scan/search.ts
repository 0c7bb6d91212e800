import type { Engine } from '../../../../functions/engine/engine.ts';
import { byCodePoint, COMPARATORS, sortName } from '../../../../functions/model/comparators.ts';
import { filterValuesOf } from '../../../../functions/model/filter-values.ts';
import { boxContains, distanceMetres } from '../../../../functions/model/geo.ts';
import { type OpenState, stateAt } from '../../../../functions/model/hours/open-state.ts';
import type { BranchHit, Hit, SearchQuery, SearchResult } from '../../../../functions/model/query.ts';
import { geoFactor, OPEN_FACTOR } from '../../../../functions/model/ranking.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { DataWordCollector } from '../../../../functions/model/text/data-words.ts';
import {
  branchFields,
  type FieldTerms,
  isExcluded,
  matchBranch,
  matchFields,
  textScore,
  vendorFields,
} from '../../../../functions/model/text/matching.ts';
import type { DataWords, ParsedQuery } from '../../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../../functions/model/text/parser-of-release.ts';
import { joinedForms, joinedNames, tokens, valueKey } from '../../../../functions/model/text/tokenizer.ts';
import { vocabularyOf } from '../../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { type Branch, countBranches, type Vendor } from '../../../../functions/model/vendor.ts';
import { createFacetCounter, type GroupsPassed } from './facets.ts';
import { createSuggester } from './suggest.ts';

type IndexedBranch = {
  readonly branch: Branch;
  readonly fields: readonly FieldTerms[];
  readonly facility: string;
  readonly area: string;
};

type IndexedVendor = {
  readonly vendor: Vendor;
  readonly sortName: string;
  readonly fields: readonly FieldTerms[];
  readonly categories: readonly string[];
  readonly branches: readonly IndexedBranch[];
};

/** The oracle: a search by a scan over all vendors with the functions of the model. Every engine must return what it returns. */
export function openScan(release: Release): Engine {
  const index = release.vendors.map(indexVendor);
  const words = dataWordsOf(release);
  const parse = parserOf({ city: release.city, words });
  const byId = new Map(release.vendors.map((vendor) => [vendor.id, vendor]));
  const { vendors, format, ...content } = release;
  const info = {
    ...content,
    vendors: vendors.length,
    branches: countBranches(vendors),
    words,
    values: filterValuesOf(vendors),
  };
  const suggester = createSuggester(vendors);
  return {
    name: 'embedded',
    search: async (query) => search(index, parse(query), query),
    counter: () => async (query) => search(index, parse(query), query).vendors,
    suggest: async (query) => suggester(query),
    find: async (id) => byId.get(id),
    about: async () => info,
  };
}

/** What the parser must know, collected the plainest way. */
export function dataWordsOf({ city, vendors }: Release): DataWords {
  const collector = new DataWordCollector(vocabularyOf(city.synonyms, city.vocabulary));
  for (const { name, otherNames, items, searchText, categories, branches } of vendors) {
    const own = branches.flatMap(({ address, area }) => [address ?? '', area ?? '']);
    for (const text of [name, ...otherNames, ...items, ...searchText, ...categories, ...own]) {
      for (const word of [...tokens(text), ...joinedForms(text)]) collector.addWord(word);
    }
    for (const text of [name, ...otherNames]) {
      for (const word of joinedNames(tokens(text))) collector.addWord(word);
      collector.addName(tokens(text));
    }
  }
  return collector.result();
}

function indexVendor(vendor: Vendor): IndexedVendor {
  return {
    vendor,
    sortName: sortName(vendor),
    fields: vendorFields(vendor),
    categories: vendor.categories.map(valueKey),
    branches: vendor.branches.map((branch) => ({
      branch,
      fields: branchFields(branch),
      facility: valueKey(branch.facility),
      area: valueKey(branch.area ?? ''),
    })),
  };
}

function search(index: readonly IndexedVendor[], parsed: ParsedQuery, query: SearchQuery): SearchResult {
  const facets = createFacetCounter(query.facets);
  const candidates = parsed.isUnsearchable ? [] : index.filter(({ fields }) => !isExcluded(parsed, fields));
  const found = candidates.flatMap((entry) => match(entry, parsed, query, facets.count) ?? []);
  const order = COMPARATORS[query.sort];
  found.sort((a, b) => order(a.key, b.key));
  const { after, limit } = query;
  const rest = after ? found.filter(({ key }) => order(key, after) > 0) : found;
  return {
    vendors: found.length,
    branches: found.reduce((sum, { branches }) => sum + branches.length, 0),
    hits: rest.slice(0, limit),
    more: rest.length > limit,
    facets: facets.counts(),
  };
}

/** The vendor's hit: a branch must match all clauses, in its own fields or its vendor's, and pass all filters. */
function match(
  entry: IndexedVendor,
  parsed: ParsedQuery,
  query: SearchQuery,
  count: (vendor: Vendor, branches: readonly GroupsPassed[]) => void,
): Hit | undefined {
  const vendorMatches = matchFields(parsed, entry.fields, query.typos);
  const category = query.category.length === 0 || entry.categories.some((one) => query.category.includes(one));
  const groups: GroupsPassed[] = [];
  const hits: BranchHit[] = [];
  let score = 0;
  for (const { branch, fields, facility, area } of entry.branches) {
    const distance = query.origin && distanceMetres(query.origin, branch);
    if (!passesBaseFilters(branch, distance, query)) continue;
    const own = matchFields(parsed, fields, query.typos);
    const matched = matchBranch(parsed, query.mayLack, vendorMatches, own);
    if (!matched) continue;
    const state = stateAt(branch.hours, query.minute, query.time ?? undefined);
    const passed = {
      branch,
      state,
      category,
      facility: query.facility.length === 0 || query.facility.includes(facility),
      area: query.area.length === 0 || query.area.includes(area),
      open: passesTime(state, query),
    };
    groups.push(passed);
    if (!(passed.category && passed.facility && passed.area && passed.open)) continue;
    const text = textScore(parsed, matched.matches);
    const open = query.timeAsked ? OPEN_FACTOR[state] : 1;
    score = Math.max(score, text * geoFactor(distance, query.scaleMetres) * open);
    hits.push({ branch, distanceMetres: distance });
  }
  count(entry.vendor, groups);
  if (hits.length === 0) return undefined;
  hits.sort((a, b) => (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0) || byCodePoint(a.branch.id, b.branch.id));
  const { id } = entry.vendor;
  const key = { score, distanceMetres: hits[0]?.distanceMetres ?? 0, name: entry.sortName, id };
  return { vendor: entry.vendor, branches: hits, score, key };
}

function passesBaseFilters(branch: Branch, distance: number | null, query: SearchQuery): boolean {
  const { radiusMetres, box, status, hoursKnown } = query;
  if (radiusMetres !== null && !(distance !== null && distance <= radiusMetres)) return false;
  if (box !== null && !boxContains(box, branch)) return false;
  if (hoursKnown && branch.hours.source === 'none') return false;
  return status === null || branch.status === status;
}

function passesTime(state: OpenState, { time }: SearchQuery): boolean {
  return time === null || state === 'open' || (state === 'unknown' && time.unknownToo);
}
