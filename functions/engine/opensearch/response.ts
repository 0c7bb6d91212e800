import { byCodePoint } from '../../model/comparators.ts';
import { distanceMetres } from '../../model/geo.ts';
import type { BranchHit, FacetCount, FacetName, Facets, Hit, SearchQuery, SortKey } from '../../model/query.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { SearchBodies } from './query.ts';
import type { RawHit, RawResult } from './search-requests.ts';

type Bucket = { readonly key: string; readonly doc_count: number; readonly vendors: { readonly doc_count: number } };
type Passed = { readonly doc_count: number } & {
  readonly [Name in FacetName]?: {
    readonly buckets: readonly Bucket[] | Readonly<Record<string, Omit<Bucket, 'key'>>>;
  };
};

function passedBranches(result: RawResult | undefined): Passed | undefined {
  const { branches } = (result?.aggregations ?? {}) as { branches?: { passed?: Passed } };
  return branches?.passed;
}

/** The total numbers of vendors and branches. */
export function totalsOf(result: RawResult): { vendors: number; branches: number } {
  return { vendors: result.hits?.total?.value ?? 0, branches: passedBranches(result)?.doc_count ?? 0 };
}

/** The query's facets, from the results of all counting bodies. */
export function facetsOf(
  query: SearchQuery,
  { others }: SearchBodies,
  [counts, ...rest]: readonly RawResult[],
): Facets {
  const facets = query.facets.map((name): [FacetName, FacetCount[]] => {
    const own = others.findIndex(({ facet }) => facet === name);
    const buckets = passedBranches(own < 0 ? counts : rest[own])?.[name]?.buckets ?? [];
    const rows = Array.isArray(buckets)
      ? buckets
      : Object.entries(buckets).map(([key, bucket]) => ({ key, ...bucket }));
    return [name, sorted(rows.map(({ key, vendors }: Bucket) => ({ value: key, count: vendors.doc_count })))];
  });
  return Object.fromEntries(facets);
}

function sorted(counts: readonly FacetCount[]): FacetCount[] {
  return counts.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count || byCodePoint(a.value, b.value));
}

/** The published vendor with those of its branches that passed the filters. */
export function hitOf(raw: RawHit, query: SearchQuery): Hit {
  const vendor = raw._source?.vendor as Vendor;
  const offsets = raw.inner_hits?.branches?.hits?.hits ?? [];
  const branches = offsets.flatMap(({ _nested }): BranchHit[] => {
    const branch = vendor.branches[_nested?.offset ?? -1];
    return branch ? [{ branch, distanceMetres: query.origin && distanceMetres(query.origin, branch) }] : [];
  });
  branches.sort((a, b) => (a.distanceMetres ?? 0) - (b.distanceMetres ?? 0) || byCodePoint(a.branch.id, b.branch.id));
  const score = raw._score ?? 0;
  return { vendor, branches, score, key: keyOf(raw, query) };
}

/** The sort values of a hit, for the cursor of the next page. */
function keyOf({ sort = [], _score }: RawHit, { sort: order, origin }: SearchQuery): SortKey {
  const values = order === 'best' ? sort.slice(1) : sort;
  const [distance, name, id] =
    origin === null ? [0, values[0], values[1]] : order === 'name' ? [values[2], values[0], values[1]] : values;
  return { score: _score ?? 0, distanceMetres: Number(distance), name: String(name), id: String(id) };
}

/** The `search_after` values of a page; `null`: the first page. */
export function searchAfter({ sort, origin, after }: SearchQuery): unknown[] | null {
  if (!after) return null;
  const { score, distanceMetres: metres, name, id } = after;
  const distance = origin ? [metres] : [];
  switch (sort) {
    case 'best':
      return [score, ...distance, name, id];
    case 'distance':
      return [...distance, name, id];
    case 'name':
      // After this vendor, whatever its distance.
      return [name, id, ...(origin ? [1e9] : [])];
  }
}

/**
 * Whether the cluster may have computed a score: it prints 32-bit numbers, which have at most 9 digits. A score of another engine has
 * more, and its cursor must be translated.
 */
export function isClusterScore(score: number): boolean {
  return Number(score.toPrecision(9)) === score;
}
