import { isDeepStrictEqual } from 'node:util';
import type { Engine } from '../../../functions/engine/engine.ts';
import { missingWords } from '../../../functions/http/responses/truck.ts';
import { distanceMetres } from '../../../functions/model/geo.ts';
import type { Hit, SearchQuery, SearchResult, SuggestQuery } from '../../../functions/model/query.ts';
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

const idsOf = (hits: readonly Hit[]) => hits.map(({ vendor }) => vendor.id);

/** Collects what two engines return differently, in words. */
class Differences {
  readonly found: string[] = [];

  /** Notes a difference unless two values are equal in all their parts. */
  equal(what: string, found: unknown, expected: unknown): void {
    if (isDeepStrictEqual(found, expected)) return;
    this.found.push(`${what}: ${excerpt(found)} instead of ${excerpt(expected)}`);
  }

  holds(isTrue: boolean, otherwise: string): void {
    if (!isTrue) this.found.push(otherwise);
  }
}

const excerpt = (value: unknown) => JSON.stringify(value)?.slice(0, 500);

/**
 * How the result of another engine differs from the reference, which should have the same vendors, branches, totals and facets; the same
 * scores within the precision of 32-bit numbers; and the same order, except between vendors that are closer than that.
 */
export function resultDifferences(query: SearchQuery, reference: SearchResult, other: SearchResult): string[] {
  const differences = new Differences();
  const { vendors, branches, more, facets } = reference;
  const totals = { vendors: other.vendors, branches: other.branches, more: other.more };
  differences.equal('totals', totals, { vendors, branches, more });
  differences.equal('facets', other.facets, facets);
  if (!more) differences.equal('vendors', idsOf(other.hits).sort(), idsOf(reference.hits).sort());
  differences.equal('vendors on the page', other.hits.length, reference.hits.length);
  const byId = new Map(reference.hits.map((hit) => [hit.vendor.id, hit]));
  const inOrder: Hit[] = [];
  for (const hit of other.hits) {
    const expected = byId.get(hit.vendor.id);
    // At the end of a page a vendor may have been swapped with the first of the next page.
    if (!expected) continue;
    const { id } = hit.vendor;
    inOrder.push(expected);
    differences.equal(`vendor ${id}`, hit.vendor, expected.vendor);
    differences.equal(`branches of ${id}`, hit.branches, expected.branches);
    const isSameScore = alike(hit.score, expected.score, scoreSlack(query));
    differences.holds(isSameScore, `score of ${id}: ${hit.score} instead of ${expected.score}`);
    const metres = Math.abs(hit.key.distanceMetres - expected.key.distanceMetres);
    differences.holds(metres < METRES, `distance of ${id}: ${metres} m off`);
  }
  for (const [at, hit] of inOrder.entries()) {
    const next = inOrder[at + 1];
    if (next) differences.holds(mayPrecede(hit, next, query), `${hit.vendor.id} is before ${next.vendor.id}`);
  }
  // If no two vendors are close, the order is exactly the same.
  const clear = reference.hits.every((hit, at) => {
    const next = reference.hits[at + 1];
    return !next || !mayPrecede(next, hit, query);
  });
  if (clear && !more) differences.equal('order', idsOf(other.hits), idsOf(reference.hits));
  return differences.found;
}

/**
 * Follows the cursor from page to page as far as `whole` reaches. Every vendor should come once, in the order of `whole`, with the same
 * totals on each page.
 */
export async function pagingDifferences(engine: Engine, query: SearchQuery, whole: SearchResult): Promise<string[]> {
  const differences = new Differences();
  const seen: string[] = [];
  let after: SearchQuery['after'] = null;
  let more = whole.hits.length > 0;
  while (more && seen.length < whole.hits.length) {
    const page = await engine.search({ ...query, after });
    differences.equal('totals of a page', [page.vendors, page.branches], [whole.vendors, whole.branches]);
    seen.push(...idsOf(page.hits));
    after = page.hits.at(-1)?.key ?? null;
    more = page.more && page.hits.length > 0;
  }
  const ids = idsOf(whole.hits);
  differences.equal('pages', seen.slice(0, ids.length), ids);
  if (!whole.more) differences.equal('the last page', [seen.length, more], [whole.vendors, false]);
  return differences.found;
}

/** What two engines return for a search that is relaxed if it finds nothing. */
export async function relaxationDifferences(query: SearchQuery, reference: Engine, other: Engine) {
  const relax = async (engine: Engine) => {
    const parsed = parserOf(await engine.about())(query);
    const relaxed = await searchWithRelaxation(query, parsed, engine);
    const missing = relaxed.result.hits.map(
      (hit) => [hit.vendor.id, missingWords(hit, parsed, relaxed.query)] as const,
    );
    return { ...relaxed, missing: new Map(missing) };
  };
  const [expected, found] = [await relax(reference), await relax(other)];
  const differences = new Differences();
  differences.equal('relaxed query', found.query, expected.query);
  differences.found.push(...resultDifferences(expected.query, expected.result, found.result));
  for (const [id, words] of found.missing) {
    const other = expected.missing.get(id);
    if (other) differences.equal(`missing words of ${id}`, words, other);
  }
  const sameFirst = found.result.hits[0]?.vendor.id === expected.result.hits[0]?.vendor.id;
  // Corrected words are spelled as in the first vendor, which may be either of two that are equally good.
  const comparable = (steps: typeof found.relaxed) =>
    steps.map(({ to, ...step }) => (sameFirst ? { ...step, to } : step));
  differences.equal('relaxation', comparable(found.relaxed), comparable(expected.relaxed));
  return { differences: differences.found, vendors: expected.result.vendors };
}

export async function suggestionDifferences(query: SuggestQuery, reference: Engine, other: Engine) {
  const [expected, found] = [await reference.suggest(query), await other.suggest(query)];
  const differences = new Differences();
  differences.equal('suggestions', found, expected);
  return { differences: differences.found, rows: expected.length };
}
