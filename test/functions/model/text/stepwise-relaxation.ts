import type { SearchQuery } from '../../../../functions/model/query.ts';
import type { ParsedQuery } from '../../../../functions/model/text/parsed-query.ts';
import { mostLacking } from '../../../../functions/model/text/relaxation-plan.ts';
import { widerPlaces } from '../../../../functions/model/text/wider-places.ts';

type Found = { readonly query: SearchQuery; readonly vendors: number };
type Attempt = (query: SearchQuery) => Promise<Found | null>;

/**
 * The oracle of relaxation: tries one relaxation after the other, in their order, until one finds something. Returns that query; `null` if
 * none does.
 */
export async function relaxStepByStep(
  asked: SearchQuery,
  parsed: ParsedQuery,
  count: (query: SearchQuery) => Promise<number>,
): Promise<SearchQuery | null> {
  const attempt: Attempt = async (query) => {
    const vendors = await count(query);
    return vendors > 0 ? { query, vendors } : null;
  };
  const timeless = asked.time ? { ...asked, time: null } : null;
  const found =
    (await relaxWords(asked, parsed, attempt)) ??
    (timeless && (await attempt(timeless))) ??
    (timeless && (await relaxWords(timeless, parsed, attempt))) ??
    (await widen(timeless ?? asked, parsed, attempt));
  return found?.query ?? null;
}

async function relaxWords(query: SearchQuery, parsed: ParsedQuery, attempt: Attempt): Promise<Found | null> {
  if (parsed.required.length === 0) return null;
  const mended = await attempt({ ...query, typos: true });
  if (mended) return mended;
  for (let mayLack = 1; mayLack <= mostLacking(parsed); mayLack++) {
    const exact = await attempt({ ...query, mayLack });
    const fuzzy = await attempt({ ...query, mayLack, typos: true });
    if (fuzzy && fuzzy.vendors > (exact?.vendors ?? 0)) return fuzzy;
    if (exact) return exact;
  }
  return null;
}

async function widen(query: SearchQuery, parsed: ParsedQuery, attempt: Attempt): Promise<Found | null> {
  const wider = [...widerPlaces(query)];
  const widest = wider.at(-1);
  if (!widest) return null;
  const anywhere = (await attempt(widest)) ?? (await relaxWords(widest, parsed, attempt));
  if (!anywhere) return null;
  const { typos, mayLack } = anywhere.query;
  for (const place of wider) {
    const found = await attempt({ ...place, typos, mayLack });
    if (found) return found;
  }
  return anywhere;
}
