import { EVERYTHING, type SearchQuery } from '../../functions/model/query.ts';

/** Makes a query as plain as possible while it still has a property: neutral fields and fewer words. */
export async function minimalQuery(
  query: SearchQuery,
  keepsProperty: (query: SearchQuery) => Promise<boolean>,
): Promise<SearchQuery> {
  let current = query;
  for (let isSimpler = true; isSimpler; ) {
    isSimpler = false;
    for (const candidate of simplerQueries(current)) {
      if (!(await keepsProperty(candidate))) continue;
      current = candidate;
      isSimpler = true;
      break;
    }
  }
  return current;
}

function* simplerQueries(query: SearchQuery): Generator<SearchQuery> {
  for (const name of Object.keys(EVERYTHING) as (keyof SearchQuery)[]) {
    const neutral = { ...query, [name]: EVERYTHING[name] };
    const needsOrigin = neutral.origin === null && (neutral.radiusMetres !== null || neutral.sort === 'distance');
    if (name !== 'limit' && JSON.stringify(neutral) !== JSON.stringify(query) && !needsOrigin) yield neutral;
  }
  const words = query.text.split(/\s+/).filter(Boolean);
  for (const at of words.keys()) {
    const fewer = words.toSpliced(at, 1).join(' ');
    if (fewer !== query.text) yield { ...query, text: fewer };
  }
}
