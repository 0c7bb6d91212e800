import { explain } from '../../model/explanation.ts';
import type { Moment } from '../../model/hours/clock.ts';
import type { BranchHit, Hit, SearchQuery } from '../../model/query.ts';
import { highlight, type TextRange } from '../../model/text/highlight.ts';
import type { ParsedQuery } from '../../model/text/query-parser.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { TruckResponse } from '../openapi/schemas/truck.ts';
import { branchResponse } from './branch.ts';

type Shown = { readonly moment: Moment; readonly zone: string };

/** Builds the answer of a hit; `plan` is of the query that found it. */
export function hitResponse(
  hit: Hit,
  { plan, query, why, ...shown }: Shown & { plan: ParsedQuery; query: SearchQuery; why: boolean },
): TruckResponse {
  const { vendor } = hit;
  const inItems = vendor.items.flatMap((item, at) =>
    highlight(item, plan, query.typos).map((range): [number, TextRange] => [at, range]),
  );
  return {
    ...truckResponse(vendor, hit.branches, shown),
    highlights: { fooditems: inItems, name: highlight(vendor.name, plan, query.typos) },
    explain: why ? explain(hit, plan, query) : null,
  };
}

/** Builds a vendor's answer with these of its branches, in this order; at least one. */
export function truckResponse(vendor: Vendor, hits: readonly BranchHit[], { moment, zone }: Shown): TruckResponse {
  const branches = hits.map((hit) => branchResponse(hit, moment, zone));
  const [first] = branches;
  if (!first) throw new Error(`${vendor.id} has no branch`);
  const { sold, known } = vendorFacts(vendor);
  return {
    ...sold,
    branches,
    ...known,
    distance_m: first.distance_m,
    nearest: first.id,
    open: first.open,
    highlights: { fooditems: [], name: [] },
    explain: null,
  };
}

/** What an answer says of a vendor whatever was asked, in two parts: between them stand its branches. */
export function vendorFacts({ name, items, drinks, id, categories }: Vendor) {
  return {
    sold: { name, fooditems: items.map((item) => item.toLowerCase()), drinks },
    known: { id, items: [...items], categories: [...categories] },
  };
}

/** The keys of a truck on the wire, in their order: `fields` chooses among them. */
export const TRUCK_KEYS = [
  'name',
  'fooditems',
  'drinks',
  'branches',
  'id',
  'items',
  'categories',
  'distance_m',
  'nearest',
  'open',
  'highlights',
  'explain',
] as const satisfies readonly (keyof TruckResponse)[];
