import { expect } from 'vitest';
import type { Engine } from '../../../functions/engine/engine.ts';
import { distanceMetres } from '../../../functions/model/geo.ts';
import type { Hit, SearchQuery, SearchResult } from '../../../functions/model/query.ts';
import type { Release } from '../../../functions/model/release.ts';
import { parserOf } from '../../../functions/model/text/parser-of-release.ts';
import { searchWithRelaxation } from '../../../functions/model/text/relaxation.ts';

/** The difference in distance within which two engines may order differently: a geo_point is up to 1 cm off. */
const METRES = 0.02;
/** The relative difference of scores: 32-bit numbers, multiplied a few times. */
const SCORE = 1e-5;

/** The tolerance of scores, including the effect of 2 cm of distance at the query's scale. */
const scoreSlack = ({ origin, scaleMetres }: SearchQuery) => SCORE + (origin ? (METRES * Math.LN2) / scaleMetres : 0);

const alike = (a: number, b: number, share: number) => Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b));

/** Whether a branch is within 2 cm of the radius, where two engines may disagree. */
export function isOnTheEdge({ origin, radiusMetres }: SearchQuery, { vendors }: Release): boolean {
  if (!origin || radiusMetres === null) return false;
  return vendors.some(({ branches }) =>
    branches.some((branch) => Math.abs(distanceMetres(origin, branch) - radiusMetres) < METRES),
  );
}

/** Whether `a` may come before `b`: it does not belong after it by more than the tolerance. */
function mayPrecede(a: Hit, b: Hit, query: SearchQuery): boolean {
  const nearer = () => a.key.distanceMetres - b.key.distanceMetres;
  const named = () => a.key.name < b.key.name || (a.key.name === b.key.name && a.key.id < b.key.id);
  if (query.sort === 'best' && !alike(a.score, b.score, scoreSlack(query))) return a.score > b.score;
  if (query.sort === 'best' && a.score !== b.score) return true;
  if (query.sort !== 'name' && nearer() !== 0) return nearer() <= METRES;
  return named() || query.sort === 'name' || query.origin !== null;
}

/**
 * Expects the result of another engine to equal the reference: the same vendors, branches, totals and facets; the same scores within the
 * precision of 32-bit numbers; and the same order, except between vendors that are closer than that.
 */
export function expectSameResult(query: SearchQuery, reference: SearchResult, other: SearchResult): void {
  const { vendors, branches, more, facets } = reference;
  expect({ vendors: other.vendors, branches: other.branches, more: other.more }).toEqual({ vendors, branches, more });
  expect(other.facets).toEqual(facets);
  const byId = new Map(reference.hits.map((hit) => [hit.vendor.id, hit]));
  const ids = (hits: readonly Hit[]) => hits.map(({ vendor }) => vendor.id);
  if (!more) expect([...ids(other.hits)].sort()).toEqual([...ids(reference.hits)].sort());
  expect(other.hits).toHaveLength(reference.hits.length);
  const inOrder: Hit[] = [];
  for (const hit of other.hits) {
    const expected = byId.get(hit.vendor.id);
    // At the end of a page a vendor may have been swapped with the first of the next page.
    if (!expected) continue;
    inOrder.push(expected);
    expect(hit.vendor).toEqual(expected.vendor);
    expect(hit.branches).toEqual(expected.branches);
    expect(alike(hit.score, expected.score, scoreSlack(query)), `score ${hit.score} for ${expected.score}`).toBe(true);
    expect(Math.abs(hit.key.distanceMetres - expected.key.distanceMetres)).toBeLessThan(METRES);
  }
  for (const [at, hit] of inOrder.entries()) {
    const next = inOrder[at + 1];
    if (next) expect(mayPrecede(hit, next, query), `${hit.vendor.id} before ${next.vendor.id}`).toBe(true);
  }
  // If no two vendors are close, the order is exactly the same.
  const clear = reference.hits.every((hit, at) => {
    const next = reference.hits[at + 1];
    return !next || !mayPrecede(next, hit, query);
  });
  if (clear && !more) expect(ids(other.hits)).toEqual(ids(reference.hits));
}

/**
 * Follows the cursor from page to page as far as `whole` reaches. Expects every vendor once, in the order of `whole`, and the same totals
 * on each page.
 */
export async function expectCompletePaging(engine: Engine, query: SearchQuery, whole: SearchResult): Promise<void> {
  const seen: string[] = [];
  let after: SearchQuery['after'] = null;
  let more = whole.hits.length > 0;
  while (more && seen.length < whole.hits.length) {
    const page = await engine.search({ ...query, after });
    expect([page.vendors, page.branches]).toEqual([whole.vendors, whole.branches]);
    seen.push(...page.hits.map(({ vendor }) => vendor.id));
    after = page.hits.at(-1)?.key ?? null;
    more = page.more;
  }
  const ids = whole.hits.map(({ vendor }) => vendor.id);
  expect(seen.slice(0, ids.length)).toEqual(ids);
  if (!whole.more) expect([seen.length, more]).toEqual([whole.vendors, false]);
}

/** Expects the same relaxation steps and the same result; returns the number of vendors found. */
export async function expectSameRelaxation(query: SearchQuery, reference: Engine, other: Engine): Promise<number> {
  const [expected, found] = await Promise.all(
    [reference, other].map(async (engine) => {
      const parsed = parserOf(await engine.about())(query);
      return searchWithRelaxation(query, parsed, (one) => engine.search(one));
    }),
  );
  if (!expected || !found) throw new Error('both engines have returned a result');
  expect(found.query).toEqual(expected.query);
  expectSameResult(expected.query, expected.result, found.result);
  const sameFirst = found.result.hits[0]?.vendor.id === expected.result.hits[0]?.vendor.id;
  // Corrected words are spelled as in the first vendor, which may be either of two that are equally good.
  const comparable = (steps: typeof found.relaxed) =>
    steps.map(({ to, ...step }) => (sameFirst ? { ...step, to } : step));
  expect(comparable(found.relaxed)).toEqual(comparable(expected.relaxed));
  return expected.result.vendors;
}
