import type { Client } from '@opensearch-project/opensearch';
import type { SearchQuery, SearchResult } from '../../model/query.ts';
import { parserOf } from '../../model/text/parser-of-release.ts';
import { shareRows } from '../../model/text/suggestions.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { Engine } from '../engine.ts';
import { statusOf, wrapErrors } from './errors.ts';
import { searchBodies } from './query.ts';
import { type AliasTracker, createAliasTracker, type ReleaseIndex } from './release-index.ts';
import { facetsOf, hitOf, searchAfter, totalsOf } from './response.ts';
import { runSearches } from './search-requests.ts';
import { suggestBodies, suggestionsOf } from './suggest.ts';

/** Most vendors in one response of the cluster; more are fetched page by page. */
const PAGE_SIZE = 1000;

/**
 * Searches the release behind an alias. Call the returned function once per request: its engine stays with the release that it reads
 * first, so that an answer never mixes two releases.
 */
export function openOpenSearch(client: Client, alias: string): () => Engine {
  const tracker = createAliasTracker(client, alias);
  return () => requestEngine(client, tracker);
}

function requestEngine(client: Client, tracker: AliasTracker): Engine {
  let pinned: ReleaseIndex | undefined;
  const withIndex = <Value>(action: string, act: (current: ReleaseIndex) => Promise<Value>): Promise<Value> =>
    wrapErrors(action, async () => {
      const isFirst = pinned === undefined;
      pinned ??= await tracker.current();
      try {
        return await act(pinned);
      } catch (error) {
        // The index was removed after the alias moved on: a request that has read nothing yet starts again.
        if (!isFirst || !isIndexMissing(error)) throw error;
        tracker.forget();
        pinned = await tracker.current();
        return act(pinned);
      }
    });
  return {
    name: 'opensearch',
    search: (query) => withIndex('the search', (current) => search(client, current, query)),
    suggest: (query) =>
      withIndex('the search for suggestions', async ({ index }) => {
        const bodies = suggestBodies(query);
        if (bodies.length === 0) return [];
        return shareRows(suggestionsOf(await runSearches(client, index, bodies)), query);
      }),
    find: (id) => withIndex('the lookup of a vendor', ({ index }) => find(client, index, id)),
    about: () => withIndex('reading the release', async ({ meta }) => meta.about),
  };
}

function isIndexMissing(error: unknown): boolean {
  return statusOf(error) === 404 || String(error).includes('index_not_found');
}

async function search(client: Client, current: ReleaseIndex, given: SearchQuery): Promise<SearchResult> {
  const { index, meta } = current;
  const parsed = parserOf(meta.about)(given);
  const query = await withClusterCursor(client, current, given);
  // One more hit tells whether there are more; on the first page, the totals do.
  const wanted = query.limit + (query.after ? 1 : 0);
  const bodies = (size: number, after: readonly unknown[] | null) =>
    searchBodies(query, parsed, { size, after }, meta.largest);
  const first = bodies(Math.min(wanted, PAGE_SIZE), searchAfter(query));
  if (!first) return emptyResult(query);
  const requests = [first.hits, first.counts, ...first.others.map(({ body }) => body)];
  const [page = {}, ...counts] = await runSearches(client, index, requests);
  const { vendors, branches } = totalsOf(counts[0] ?? {});
  const raw = [...(page.hits?.hits ?? [])];
  for (let received = raw.length; received === PAGE_SIZE && raw.length < wanted; ) {
    const next = bodies(Math.min(wanted - raw.length, PAGE_SIZE), raw.at(-1)?.sort ?? null);
    const [nextPage = {}] = next ? await runSearches(client, index, [next.hits]) : [];
    received = nextPage.hits?.hits?.length ?? 0;
    raw.push(...(nextPage.hits?.hits ?? []));
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
 * The query with the cluster's own sort values in its cursor. Another engine's distances differ by up to a centimetre, and its scores in
 * the last digit, so a cursor that it may have written is translated: the vendor is looked up by its id, which costs a few
 * milliseconds. Names need no translation, nor do scores of texts alone, which are whole numbers.
 */
async function withClusterCursor(
  client: Client,
  { index, meta }: ReleaseIndex,
  query: SearchQuery,
): Promise<SearchQuery> {
  const { after, sort, origin, timeAsked } = query;
  const isExact = sort === 'name' || (origin === null && (sort === 'distance' || !timeAsked));
  if (!after || isExact) return query;
  const bodies = searchBodies(query, parserOf(meta.about)(query), { size: 1, after: null }, meta.largest);
  if (!bodies) return query;
  const { query: condition, ...rest } = bodies.hits;
  const body = { ...rest, query: { bool: { must: [condition], filter: [{ term: { id: after.id } }] } } };
  const [result] = await runSearches(client, index, [body]);
  const hit = result?.hits?.hits?.[0];
  return hit ? { ...query, after: hitOf(hit, query).key } : query;
}

async function find(client: Client, index: string, id: string): Promise<Vendor | undefined> {
  if (id === '') return undefined;
  try {
    const { body } = await client.get({ index, id });
    return (body as { _source?: { vendor?: Vendor } })._source?.vendor;
  } catch (error) {
    // Both a missing document and a missing index are a 404; only the first has `found`.
    const { meta } = error as { meta?: { body?: { found?: boolean } } };
    if (statusOf(error) === 404 && meta?.body?.found === false) return undefined;
    throw error;
  }
}
