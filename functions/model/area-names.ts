import { valueKey } from './text/tokenizer.ts';
import type { CityVocabulary } from './text/vocabulary/language-vocabulary.ts';
import { linesOf } from './text/vocabulary/vocabulary-lines.ts';

/** A neighbourhood: its name in the data, and what people call it. */
export type AreaName = { readonly name: string; readonly also: string[] };

/**
 * The neighbourhoods with the names that people use: the parts of a double name ("Financial District/South Beach"), and what the city's
 * vocabulary calls the name or a part of it ("soma").
 */
export function areaNames(areas: readonly string[], vocabulary: CityVocabulary | undefined): AreaName[] {
  const lines = linesOf(vocabulary?.meanings ?? '');
  return areas.map((name) => {
    const parts = name.split('/').map((part) => part.trim());
    const own = parts.length > 1 ? parts.filter((part) => part !== '') : [];
    const keys = new Set([name, ...own].map(valueKey));
    const called = lines.flatMap(({ meanings, words }) =>
      meanings.some((one) => keys.has(valueKey(one))) ? words : [],
    );
    return { name, also: [...new Set([...own, ...called])] };
  });
}
