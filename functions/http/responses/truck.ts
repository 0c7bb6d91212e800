import type { Moment } from '../../model/hours/clock.ts';
import type { BranchHit, Hit, SearchQuery } from '../../model/query.ts';
import { highlightWords, type PlacedWord, placedWords, type TextRange } from '../../model/text/highlight.ts';
import { branchFields, matchBranch, matchFields, vendorFields } from '../../model/text/matching.ts';
import type { ParsedQuery } from '../../model/text/parsed-query.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { TruckResponse } from '../openapi/schemas/truck.ts';
import { branchResponse } from './branch.ts';
import { fillObject, PER_REQUEST, type Template } from './json-template.ts';

type RequestKey = 'branches' | 'distance_m' | 'nearest' | 'open' | 'highlights' | 'missing' | 'explain';

/** The keys of a truck. */
export const TRUCK_TEMPLATE: Template<Vendor, TruckResponse, RequestKey> = {
  name: ({ name }) => name,
  fooditems: ({ items }) => items.map((item) => item.toLowerCase()),
  drinks: ({ drinks }) => drinks,
  branches: PER_REQUEST,
  id: ({ id }) => id,
  items: ({ items }) => [...items],
  past: ({ pastItems }) => [...pastItems],
  categories: ({ categories }) => [...categories],
  distance_m: PER_REQUEST,
  nearest: PER_REQUEST,
  open: PER_REQUEST,
  highlights: PER_REQUEST,
  missing: PER_REQUEST,
  explain: PER_REQUEST,
};

/** The keys that `fields` chooses among. */
export const TRUCK_KEYS: readonly string[] = Object.keys(TRUCK_TEMPLATE);

/** When and where a branch is open or closed. */
export type Clock = { readonly moment: Moment; readonly zone: string };

const NO_EXTRAS = { highlights: { fooditems: [], name: [] }, missing: [], explain: null };

/** Builds the JSON of a vendor with these of its branches, at least one. */
export function truckResponse(
  vendor: Vendor,
  hits: readonly BranchHit[],
  { moment, zone }: Clock,
  extras: Pick<TruckResponse, 'highlights' | 'missing' | 'explain'> = NO_EXTRAS,
): TruckResponse {
  const branches = hits.map((hit) => branchResponse(hit, moment, zone));
  const [first] = branches;
  if (!first) throw new Error(`${vendor.id} has no branch`);
  const { distance_m, id: nearest, open } = first;
  return fillObject(TRUCK_TEMPLATE, vendor, { branches, distance_m, nearest, open, ...extras });
}

/** The required parts of a question that none of a hit's branches has: only a relaxed search returns such hits. */
export function missingWords({ vendor, branches }: Hit, parsed: ParsedQuery, query: SearchQuery): string[] {
  if (query.mayLack === 0) return [];
  const vendorMatches = matchFields(parsed, vendorFields(vendor), query.typos);
  const missing = branches.map(({ branch }) => {
    const own = matchFields(parsed, branchFields(branch), query.typos);
    return matchBranch(parsed, query.mayLack, vendorMatches, own)?.missing ?? parsed.required;
  });
  return parsed.required.filter((clause) => missing.every((one) => one.includes(clause))).map(({ text }) => text);
}

/** The words in which matches are highlighted. */
export type VendorWords = { readonly items: readonly (readonly PlacedWord[])[]; readonly name: readonly PlacedWord[] };

/** Splits a vendor's texts, which takes longer than matching them. */
export function vendorWords({ items, name }: Vendor): VendorWords {
  return { items: items.map(placedWords), name: placedWords(name) };
}

/** Where a query's words match. */
export function highlightsOf(
  { items, name }: VendorWords,
  parsed: ParsedQuery,
  typos: boolean,
): TruckResponse['highlights'] {
  const fooditems = items.flatMap((words, at) =>
    highlightWords(words, parsed, typos).map((range): [number, TextRange] => [at, range]),
  );
  return { fooditems, name: highlightWords(name, parsed, typos) };
}
