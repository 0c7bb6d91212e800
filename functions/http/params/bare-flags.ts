import { booleanWord } from '../../model/value-parsers.ts';
import { type Param, SEARCH_PARAMS } from './parameters.ts';

const FLAGS: ReadonlySet<string> = new Set(
  Object.entries<Param>(SEARCH_PARAMS).flatMap(([name, { parse }]) => (parse === booleanWord ? name : [])),
);

/** The query string with flags that have no value, as in `&open_now`, set to true. `open_now=`, which HTML forms send, stays. */
export function withBareFlags(query: string): string {
  return query
    .split('&')
    .map((part) => (FLAGS.has(part) ? `${part}=true` : part))
    .join('&');
}
