import type { Client } from '@opensearch-project/opensearch';
import type { SearchQuery, SearchResult } from '../../model/query.ts';
import { parserOf } from '../../model/text/parser-of-release.ts';
import { shareRows } from '../../model/text/suggestions.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { Engine, EngineSource } from '../engine.ts';
import { vendorCounts } from './count-bodies.ts';
import { statusOf, wrapErrors } from './errors.ts';
import type { Json } from './mapping.ts';
import { searchBodies } from './query.ts';
import { type AliasTracker, createAliasTracker, type ReleaseIndex } from './release-index.ts';
import { createRequestSender, type RequestLimits, type RequestSender } from './request-limits.ts';
import { facetsOf, hitOf, searchAfter, totalsOf } from './response.ts';
import { type RawResult, runSearches } from './search-requests.ts';
import { suggestBodies, suggestionsOf } from './suggest.ts';

/** Most vendors in one response of the cluster; more are fetched page by page. */
const PAGE_SIZE = 1000;

/**
 * Searches the release behind an alias. Call the returned function once per request: its engine stays with the release that it reads
 * first, so that an answer never mixes two releases; it stops when the caller leaves or the request's time is spent.
 */
export function openOpenSearch(
  client: Client,
  alias: string,
  limits: RequestLimits = { budgetMs: null },
): EngineSource {
  const tracker = createAliasTracker(client, alias);
  return (caller) => requestEngine(client, tracker, createRequestSender(limits, caller));
}

/** An index of the cluster, and how one answer asks it. */
type Source = ReleaseIndex & { readonly client: Client; readonly sender: RequestSender };

function requestEngine(client: Client, tracker: AliasTracker, sender: RequestSender): Engine {
  let pinned: Source | undefined;
  const pin = async () => ({ ...(await sender.share(tracker.current())), client, sender });
  const withIndex = <Value>(action: string, act: (source: Source) => Promise<Value>): Promise<Value> =>
    wrapErrors(action, async () => {
      const isFirst = pinned === undefined;
      pinned ??= await pin();
      try {
        return await act(pinned);
      } catch (error) {
        // The index was removed after the alias moved on: a request that has read nothing yet starts again.
        if (!isFirst || !isIndexMissing(error)) throw error;
        tracker.forget();
        pinned = await pin();
        return act(pinned);
      }
    });
  return {
    name: 'opensearch',
    search: (query) => withIndex('the search', (source) => search(source, query)),
    counter: (queries) => {
      let counts: Promise<ReadonlyMap<SearchQuery, number>> | undefined;
      return async (query) => {
        counts ??= withIndex('counting', (source) => count(source, queries));
        return (await counts).get(query) ?? 0;
      };
    },
    suggest: (query) =>
      withIndex('the search for suggestions', async (source) => {
        const bodies = suggestBodies(query);
        return bodies.length === 0 ? [] : shareRows(suggestionsOf(await run(source, bodies)), query);
      }),
    find: (id) => withIndex('the lookup of a vendor', (source) => find(source, id)),
    about: () => withIndex('reading the release', async ({ meta }) => meta.about),
  };
}

function run({ client, index, sender }: Source, bodies: readonly Json[]): Promise<RawResult[]> {
  return runSearches(client, index, bodies, sender);
}

function isIndexMissing(error: unknown): boolean {
  return statusOf(error) === 404 || String(error).includes('index_not_found');
}

async function count(source: Source, queries: readonly SearchQuery[]): Promise<ReadonlyMap<SearchQuery, number>> {
  const { bodies, read } = vendorCounts(queries, parserOf(source.meta.about));
  return read(bodies.length === 0 ? [] : await run(source, bodies));
}

async function search(source: Source, given: SearchQuery): Promise<SearchResult> {
  const { meta } = source;
  const parsed = parserOf(meta.about)(given);
  // One more hit tells whether there are more; on the first page, the totals do.
  const wanted = given.limit + (given.after ? 1 : 0);
  const bodies = (query: SearchQuery, size: number, after: readonly unknown[] | null) =>
    searchBodies(query, parsed, { size, after }, meta.largest);
  const pageSize = Math.min(wanted, PAGE_SIZE);
  const first = bodies(given, pageSize, searchAfter(given));
  if (!first) return emptyResult(given);
  const counting = [first.counts, ...first.others.map(({ body }) => body)];
  const lookup = cursorLookup(given, first.hits);
  const [answer = {}, ...counts] = await run(source, [lookup ?? first.hits, ...counting]);
  const { vendors, branches } = totalsOf(counts[0] ?? {});
  const query = lookup ? withClusterCursor(given, answer) : given;
  const readPage = async (size: number, after: readonly unknown[] | null) => {
    const next = bodies(query, size, after);
    const [page = {}] = next ? await run(source, [next.hits]) : [];
    return page.hits?.hits ?? [];
  };
  // A relaxed search first asks whether the page of the original one is empty: then its hits are not asked for.
  const raw = lookup
    ? vendors === 0
      ? []
      : [...(await readPage(pageSize, searchAfter(query)))]
    : [...(answer.hits?.hits ?? [])];
  for (let received = raw.length; received === PAGE_SIZE && raw.length < wanted; ) {
    const page = await readPage(Math.min(wanted - raw.length, PAGE_SIZE), raw.at(-1)?.sort ?? null);
    received = page.length;
    raw.push(...page);
  }
  const hits = raw.map((hit) => hitOf(hit, query));
  return {
    vendors,
    branches,
    hits: hits.slice(0, query.limit),
    more: query.after ? hits.length > query.limit : vendors > hits.length,
    facets: facetsOf(query, first, counts),
  };
}

function emptyResult(query: SearchQuery): SearchResult {
  const facets = Object.fromEntries(query.facets.map((name) => [name, []]));
  return { vendors: 0, branches: 0, hits: [], more: false, facets };
}

/**
 * The body that looks up the vendor of a cursor, for the cluster's own sort values; `null` if the cursor needs no translation. Another
 * engine's distances differ by up to a centimetre, and its scores in the last digit, so a cursor that it may have written is translated,
 * which costs a few milliseconds. Names need no translation, nor do scores of texts alone, which are whole numbers.
 */
function cursorLookup({ after, sort, origin, timeAsked }: SearchQuery, hits: Json): Json | null {
  const isExact = sort === 'name' || (origin === null && (sort === 'distance' || !timeAsked));
  if (!after || isExact) return null;
  const { query: condition, search_after, ...rest } = hits;
  return { ...rest, size: 1, query: { bool: { must: [condition], filter: [{ term: { id: after.id } }] } } };
}

/** The query with the cluster's own sort values in its cursor, from the answer to {@link cursorLookup}. */
function withClusterCursor(query: SearchQuery, answer: RawResult): SearchQuery {
  const hit = answer.hits?.hits?.[0];
  return hit ? { ...query, after: hitOf(hit, query).key } : query;
}

async function find({ client, index, sender }: Source, id: string): Promise<Vendor | undefined> {
  if (id === '') return undefined;
  try {
    const { body } = await sender.send(() => client.get({ index, id }));
    return (body as { _source?: { vendor?: Vendor } })._source?.vendor;
  } catch (error) {
    // Both a missing document and a missing index are a 404; only the first has `found`.
    const { meta } = error as { meta?: { body?: { found?: boolean } } };
    if (statusOf(error) === 404 && meta?.body?.found === false) return undefined;
    throw error;
  }
}
