import type { Client } from '@opensearch-project/opensearch';
import type { Hit, SearchQuery, SearchResult } from '../../model/query.ts';
import { parseQuery } from '../../model/text/query-parser.ts';
import { shareRows } from '../../model/text/suggestions.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { Engine } from '../engine.ts';
import { statusOf, wrapErrors } from './errors.ts';
import { searchBodies } from './query.ts';
import { type AliasedIndex, followAlias } from './release-index.ts';
import { afterOf, facetsOf, hitOf, isOwnScore, totalsOf } from './response.ts';
import { runSearches } from './search-requests.ts';
import { suggestBodies, suggestionsOf } from './suggest.ts';

/** Most vendors that come in one answer of the cluster's; more are fetched in turn. */
const PAGE = 1000;

/**
 * Searches the release behind an alias. Each engine that it gives stays with the release that it has read first: one is
 * asked for with each request, so that no answer is made of two releases.
 */
export function openOpenSearch(client: Client, alias: string): () => Engine {
  const follow = followAlias(client, alias);
  return () => engineOf(client, follow);
}

function engineOf(client: Client, follow: ReturnType<typeof followAlias>): Engine {
  let pinned: AliasedIndex | undefined;
  const reading = <Value>(what: string, read: (open: AliasedIndex) => Promise<Value>): Promise<Value> =>
    wrapErrors(what, async () => {
      const isFirst = pinned === undefined;
      pinned ??= await follow.current();
      try {
        return await read(pinned);
      } catch (error) {
        // An index is removed some releases later: the alias has moved on, and a new request sees where to.
        if (!isFirst || !isGone(error)) throw error;
        follow.forget();
        pinned = await follow.current();
        return read(pinned);
      }
    });
  return {
    name: 'opensearch',
    search: (query) => reading('a search', (open) => search(client, open, query)),
    suggest: (query) =>
      reading('a suggestion', async ({ index }) => {
        const bodies = suggestBodies(query);
        if (bodies.length === 0) return [];
        return shareRows(suggestionsOf(await runSearches(client, index, bodies)), query.limit);
      }),
    find: (id) => reading('a lookup', ({ index }) => find(client, index, id)),
    about: () => reading('a look at the release', async ({ meta }) => meta.about),
  };
}

function isGone(error: unknown): boolean {
  return statusOf(error) === 404 || String(error).includes('index_not_found');
}

async function search(client: Client, open: AliasedIndex, given: SearchQuery): Promise<SearchResult> {
  const { index, meta, synonyms } = open;
  const plan = parseQuery(given.text, synonyms);
  const query = await ownCursor(client, open, given);
  // The one behind the last tells whether there are more; on the first page the totals do.
  const wanted = query.limit + (query.after ? 1 : 0);
  const bodies = (size: number, after: readonly unknown[] | null) =>
    searchBodies(query, plan, { size, after }, meta.largest);
  const first = bodies(Math.min(wanted, PAGE), afterOf(query));
  if (!first) return nothing(query);
  const asked = [first.hits, first.counts, ...first.others.map(({ body }) => body)];
  const [found = {}, ...counted] = await runSearches(client, index, asked);
  const { vendors, branches } = totalsOf(counted[0] ?? {});
  const raw = [...(found.hits?.hits ?? [])];
  for (let got = raw.length; got === PAGE && raw.length < wanted; ) {
    const next = bodies(Math.min(wanted - raw.length, PAGE), raw.at(-1)?.sort ?? null);
    const [page = {}] = next ? await runSearches(client, index, [next.hits]) : [];
    got = page.hits?.hits?.length ?? 0;
    raw.push(...(page.hits?.hits ?? []));
  }
  const hits = raw.map((hit): Hit => hitOf(hit, query));
  return {
    vendors,
    branches,
    hits: hits.slice(0, query.limit),
    more: query.after ? hits.length > query.limit : vendors > hits.length,
    facets: facetsOf(query, first, counted),
  };
}

function nothing(query: SearchQuery): SearchResult {
  const facets = Object.fromEntries(query.facets.map((name) => [name, []]));
  return { vendors: 0, branches: 0, hits: [], more: false, facets };
}

/**
 * The query with the cluster's own sort values. A walk that was begun on another engine, which measures a centimetre more
 * or less, goes on where the same vendor stands here; it is looked up by its id, which takes the cluster a few
 * milliseconds. Names are the same everywhere.
 */
async function ownCursor(
  client: Client,
  { index, meta, synonyms }: AliasedIndex,
  query: SearchQuery,
): Promise<SearchQuery> {
  const { after, sort, origin } = query;
  if (!after || sort === 'name' || (origin === null && (sort === 'distance' || isOwnScore(after.score)))) return query;
  const bodies = searchBodies(query, parseQuery(query.text, synonyms), { size: 1, after: null }, meta.largest);
  if (!bodies) return query;
  const { query: found, ...rest } = bodies.hits;
  const body = { ...rest, query: { bool: { must: [found], filter: [{ term: { id: after.id } }] } } };
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
    // No such document, and no such index: the second has no `found`.
    const { meta } = error as { meta?: { body?: { found?: boolean } } };
    if (statusOf(error) === 404 && meta?.body?.found === false) return undefined;
    throw error;
  }
}
