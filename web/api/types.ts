import type { hc, InferRequestType, InferResponseType } from 'hono/client';
import type { AppType } from '../../functions/http/app.ts';

/** The API's typed client; the page has no types of the wire of its own. */
export type Client = ReturnType<typeof hc<AppType>>;

/** What `/search` takes, as it stands in a URL. */
export type SearchParams = InferRequestType<Client['search']['$get']>['query'];
export type SearchAnswer = InferResponseType<Client['search']['$get'], 200>;
export type SuggestAnswer = InferResponseType<Client['suggest']['$get'], 200>;
export type MetaAnswer = InferResponseType<Client['meta']['$get'], 200>;
export type Truck = SearchAnswer['trucks'][number];
export type TruckBranch = Truck['branches'][number];
export type Explanation = NonNullable<Truck['explain']>;
export type SuggestionRow = SuggestAnswer['suggestions'][number];

/** What the API writes where the data has nothing. */
const NOTHING = 'NA';

/** A text of the data, or `null` where the data has nothing. */
export function valueOrNull(text: string): string | null {
  return text === NOTHING || text.trim() === '' ? null : text;
}
