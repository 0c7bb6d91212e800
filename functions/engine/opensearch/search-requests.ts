import type { Client } from '@opensearch-project/opensearch';
import type { Json } from './mapping.ts';

/** The parts of a hit that {@link PARTS} requests. */
export type RawHit = {
  readonly _id?: string;
  readonly _score?: number | null;
  readonly _source?: Json;
  readonly sort?: readonly unknown[];
  readonly inner_hits?: {
    readonly branches?: {
      readonly hits?: { readonly hits?: readonly { readonly _nested?: { readonly offset?: number } }[] };
    };
  };
};

/** The parts of a search result that {@link PARTS} requests. */
export type RawResult = {
  readonly timed_out?: boolean;
  readonly error?: { readonly type?: string; readonly reason?: string };
  readonly status?: number;
  readonly hits?: { readonly total?: { readonly value?: number }; readonly hits?: readonly RawHit[] };
  readonly aggregations?: Json;
};

const PARTS = [
  'error.type',
  'error.reason',
  'status',
  'timed_out',
  'hits.total.value',
  'hits.hits._id',
  'hits.hits._score',
  'hits.hits.sort',
  'hits.hits._source',
  'hits.hits.inner_hits.branches.hits.hits._nested.offset',
  'aggregations',
];

/**
 * Runs searches on one index in one request. A result without all shards counts as a failure.
 * @throws Error of the client, or with the type of the cluster's error
 */
export async function runSearches(client: Client, index: string, bodies: readonly Json[]): Promise<RawResult[]> {
  const [only] = bodies;
  const results =
    bodies.length === 1 && only ? [await runSearch(client, index, only)] : await runMany(client, index, bodies);
  for (const { error, timed_out } of results) {
    if (error) throw new Error(`${error.type}: ${error.reason}`);
    if (timed_out) throw new Error('the search timed out');
  }
  return results;
}

async function runSearch(client: Client, index: string, body: Json): Promise<RawResult> {
  const params = { index, body, allow_partial_search_results: false, filter_path: PARTS };
  return (await client.search(params)).body as unknown as RawResult;
}

/** The index is in the path, so that an IAM policy can allow this index only. */
async function runMany(client: Client, index: string, bodies: readonly Json[]): Promise<RawResult[]> {
  const lines = bodies.flatMap((body) => [{ allow_partial_search_results: false }, body]);
  const filter_path = PARTS.map((part) => `responses.${part}`);
  const { body } = await client.msearch({ index, body: lines as Json[], filter_path });
  return (body as unknown as { responses: RawResult[] }).responses;
}
