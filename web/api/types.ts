import type { hc, InferRequestType, InferResponseType } from 'hono/client';
import type { AppType } from '../../functions/http/app.ts';

/** The API's typed client: all types of requests and answers are inferred from the server's routes. */
type Client = ReturnType<typeof hc<AppType>>;

/** The query parameters of `/search`, as strings. */
export type SearchParams = InferRequestType<Client['search']['$get']>['query'];
export type SearchAnswer = InferResponseType<Client['search']['$get'], 200>;
export type SuggestAnswer = InferResponseType<Client['suggest']['$get'], 200>;
/** A part of the question, and what the API understood it as. */
export type QuestionPart = SearchAnswer['query']['understood'][number];
export type MetaAnswer = InferResponseType<Client['meta']['$get'], 200>;
export type TruckAnswer = Exclude<InferResponseType<Client['trucks'][':id']['$get'], 200>, string>;
export type Truck = SearchAnswer['trucks'][number];
export type TruckBranch = Truck['branches'][number];
export type Explanation = NonNullable<Truck['explain']>;
export type SuggestionRow = SuggestAnswer['suggestions'][number];

/** The API's text for a missing value. */
const MISSING = 'NA';

/** A text of the data, or `null` if it is missing. */
export function valueOrNull(text: string): string | null {
  return text === MISSING || text.trim() === '' ? null : text;
}
