import type { Moment } from '../model/clock.ts';
import { explain } from '../model/explain.ts';
import { highlight, type TextRange } from '../model/highlight.ts';
import type { Plan } from '../model/plan.ts';
import type { BranchHit, Hit, SearchQuery } from '../model/query.ts';
import type { Vendor } from '../model/vendor.ts';
import { branchAnswer } from './branch-answer.ts';
import type { TruckAnswer } from './schemas/truck.ts';

type Shown = { readonly moment: Moment; readonly zone: string };

/** Builds the answer of a hit; `plan` is of the query that found it. */
export function hitAnswer(
  hit: Hit,
  { plan, query, why, ...shown }: Shown & { plan: Plan; query: SearchQuery; why: boolean },
): TruckAnswer {
  const { vendor } = hit;
  const inItems = vendor.items.flatMap((item, at) =>
    highlight(item, plan, query.typos).map((range): [number, TextRange] => [at, range]),
  );
  return {
    ...truckAnswer(vendor, hit.branches, shown),
    highlights: { fooditems: inItems, name: highlight(vendor.name, plan, query.typos) },
    explain: why ? explain(hit, plan, query) : null,
  };
}

/** Builds a vendor's answer with these of its branches, in this order; at least one. */
export function truckAnswer(vendor: Vendor, hits: readonly BranchHit[], { moment, zone }: Shown): TruckAnswer {
  const branches = hits.map((hit) => branchAnswer(hit, moment, zone));
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
] as const satisfies readonly (keyof TruckAnswer)[];
