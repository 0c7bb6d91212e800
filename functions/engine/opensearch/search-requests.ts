import type { Client } from '@opensearch-project/opensearch';
import type { Json } from './mapping.ts';
import { type CancelAfter, type RequestSender, UNLIMITED } from './request-limits.ts';

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
export async function runSearches(
  client: Client,
  index: string,
  bodies: readonly Json[],
  { send }: RequestSender = UNLIMITED,
): Promise<RawResult[]> {
  const [only] = bodies;
  const results =
    bodies.length === 1 && only
      ? [(await send((cancelAfter) => sendSearch(client, index, only, cancelAfter))).body as unknown as RawResult]
      : responsesOf(await send((cancelAfter) => sendSearches(client, index, bodies, cancelAfter)));
  for (const { error, timed_out } of results) {
    if (error) throw new Error(`${error.type}: ${error.reason}`);
    if (timed_out) throw new Error('the search timed out');
  }
  return results;
}

function sendSearch(client: Client, index: string, body: Json, cancelAfter: CancelAfter) {
  return client.search({ index, body, allow_partial_search_results: false, filter_path: PARTS, ...cancelAfter });
}

/** The index is in the path, so that an IAM policy can allow this index only. */
function sendSearches(client: Client, index: string, bodies: readonly Json[], cancelAfter: CancelAfter) {
  const lines = bodies.flatMap((body) => [{ allow_partial_search_results: false, ...cancelAfter }, body]);
  return client.msearch({ index, body: lines as Json[], filter_path: PARTS.map((part) => `responses.${part}`) });
}

const responsesOf = ({ body }: { body: unknown }) => (body as { responses: RawResult[] }).responses;
