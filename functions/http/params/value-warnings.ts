import { type FilterValues, nearestValue, VALUE_FILTERS } from '../../model/filter-values.ts';
import { valueKey } from '../../model/text/tokenizer.ts';
import { quoteForMessage } from './parse.ts';

/** The number of known values up to which a warning lists them. Beyond it, the warning names the facet that does. */
const MOST_LISTED = 12;

/**
 * Warnings about values of filters that no vendor has.
 * @param asked the values of each filter, as the caller wrote them
 */
export function valueWarnings(
  asked: { readonly [Name in keyof FilterValues]?: readonly string[] | undefined },
  known: FilterValues,
): string[] {
  return VALUE_FILTERS.flatMap((name) => {
    const values = asked[name] ?? [];
    // Most searches have no such filter, and folding the values of a city costs more than the rest of parsing.
    if (values.length === 0) return [];
    const keys = new Set(known[name].map(valueKey));
    const unknown = values.filter((value) => !keys.has(valueKey(value)));
    return unknown.map((value) => `${name}: nothing has ${quoteForMessage(value)}${hint(name, value, known[name])}`);
  });
}

function hint(name: string, value: string, known: readonly string[]): string {
  const nearest = nearestValue(value, known);
  if (nearest !== undefined) return `; did you mean ${quoteForMessage(nearest)}?`;
  if (known.length === 0) return `; this city's data has no ${name}`;
  return known.length <= MOST_LISTED ? `, only ${known.join(', ')}` : `; facets=${name} lists the known ones`;
}
