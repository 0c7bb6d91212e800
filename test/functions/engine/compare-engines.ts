import { expect } from 'vitest';
import type { Engine } from '../../../functions/engine/engine.ts';
import { distanceMetres } from '../../../functions/model/geo.ts';
import type { Hit, SearchQuery, SearchResult } from '../../../functions/model/query.ts';
import type { Release } from '../../../functions/model/release.ts';
import { searchWithRelaxation } from '../../../functions/model/text/relaxation.ts';
import { prepareSynonyms } from '../../../functions/model/text/synonyms.ts';

/** Metres between which the order of two engines may differ: a geo_point is up to 1 cm off its place. */
const METRES = 0.02;
/** Share by which scores may differ: 32-bit numbers, multiplied a few times. */
const SCORE = 1e-5;

/** What 2 cm make of a score at a scale, in addition: `best` measures the same distances. */
const scoreSlack = ({ origin, scaleMetres }: SearchQuery) => SCORE + (origin ? (METRES * Math.LN2) / scaleMetres : 0);

const alike = (a: number, b: number, share: number) => Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b));

/** Whether a query asks for what two engines may see differently: a place within 2 cm of the radius. */
export function isOnTheEdge({ origin, radiusMetres }: SearchQuery, { vendors }: Release): boolean {
  if (!origin || radiusMetres === null) return false;
  return vendors.some(({ branches }) =>
    branches.some((branch) => Math.abs(distanceMetres(origin, branch) - radiusMetres) < METRES),
  );
}

/** Whether `b` may stand behind `a`: it does not belong before it by more than the engines' numbers differ. */
function mayPrecede(a: Hit, b: Hit, query: SearchQuery): boolean {
  const nearer = () => a.key.distanceMetres - b.key.distanceMetres;
  const named = () => a.key.name < b.key.name || (a.key.name === b.key.name && a.key.id < b.key.id);
  if (query.sort === 'best' && !alike(a.score, b.score, scoreSlack(query))) return a.score > b.score;
  if (query.sort === 'best' && a.score !== b.score) return true;
  if (query.sort !== 'name' && nearer() !== 0) return nearer() <= METRES;
  return named() || query.sort === 'name' || query.origin !== null;
}

/**
 * Holds an answer against the reference's: the same vendors, branches, totals and facets; the same scores within what
 * 32-bit numbers can say; and the same order but where its reasons lie closer together than that.
 */
export function expectSameAnswer(query: SearchQuery, reference: SearchResult, other: SearchResult): void {
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
    // On a cut page a vendor may have changed places with one just behind its end.
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
  // Where nothing is close, the order is the very same.
  const clear = reference.hits.every((hit, at) => {
    const next = reference.hits[at + 1];
    return !next || !mayPrecede(next, hit, query);
  });
  if (clear && !more) expect(ids(other.hits)).toEqual(ids(reference.hits));
}

/**
 * Walks along the cursor as far as `whole` goes: every vendor once, in the order of the whole answer, with the same totals
 * on each page, and to the very end when `whole` has it.
 */
export async function expectWholeWalk(engine: Engine, query: SearchQuery, whole: SearchResult): Promise<void> {
  const walked: string[] = [];
  let after: SearchQuery['after'] = null;
  let more = whole.hits.length > 0;
  while (more && walked.length < whole.hits.length) {
    const page = await engine.search({ ...query, after });
    expect([page.vendors, page.branches]).toEqual([whole.vendors, whole.branches]);
    walked.push(...page.hits.map(({ vendor }) => vendor.id));
    after = page.hits.at(-1)?.key ?? null;
    more = page.more;
  }
  const ids = whole.hits.map(({ vendor }) => vendor.id);
  expect(walked.slice(0, ids.length)).toEqual(ids);
  if (!whole.more) expect([walked.length, more]).toEqual([whole.vendors, false]);
}

/** The ladder climbs the same steps to the same answer. */
export async function expectSameLadder(query: SearchQuery, release: Release, reference: Engine, other: Engine) {
  const synonyms = prepareSynonyms(release.city.synonyms);
  const [expected, found] = await Promise.all(
    [reference, other].map((engine) => searchWithRelaxation(query, (one) => engine.search(one), synonyms)),
  );
  if (!expected || !found) throw new Error('both have climbed');
  expect(found.query).toEqual(expected.query);
  expectSameAnswer(expected.query, expected.result, found.result);
  const sameFirst = found.result.hits[0]?.vendor.id === expected.result.hits[0]?.vendor.id;
  // The words are told as the first vendor spells them, which may be either of two that are equally good.
  const told = (steps: typeof found.relaxed) => steps.map(({ to, ...step }) => (sameFirst ? { ...step, to } : step));
  expect(told(found.relaxed)).toEqual(told(expected.relaxed));
}
