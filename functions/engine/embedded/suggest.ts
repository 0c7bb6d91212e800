import type { Suggestion, SuggestQuery } from '../../model/query.ts';
import type { Vendor } from '../../model/vendor.ts';
import { byCodePoint, stem, tokens } from '../../model/words.ts';

type Candidate = Suggestion & { readonly words: readonly string[] };

/** Rows of one kind are at most this many while another kind has any. */
const SHARE: Record<Suggestion['type'], number> = { food: 4, vendor: 3, area: 2 };

/**
 * Prepares suggestions over a release: its foods (items with the same words are one), its vendors and its areas, each with the
 * number of vendors that have it in the asked state. A text is suggested when each word of the query begins one of its
 * words, or has the stem of one; most vendors first, then by text.
 */
export function createSuggester(vendors: readonly Vendor[]): (query: SuggestQuery) => Suggestion[] {
  const byStatus = new Map<string | null, Candidate[]>();
  return ({ text, limit, status }) => {
    const words = tokens(text);
    if (words.length === 0) return [];
    let candidates = byStatus.get(status);
    if (!candidates) {
      candidates = collect(vendors, status);
      byStatus.set(status, candidates);
    }
    const found = candidates.filter((candidate) => words.every((word) => has(candidate.words, word)));
    return share(found, limit);
  };
}

function collect(vendors: readonly Vendor[], status: string | null): Candidate[] {
  const candidates = new Map<string, { type: Suggestion['type']; text: string; vendors: Set<string> }>();
  const add = (type: Suggestion['type'], text: string, vendor: Vendor) => {
    const key = `${type} ${tokens(text).map(stem).join(' ')}`;
    const candidate = candidates.get(key) ?? { type, text, vendors: new Set() };
    // Of spellings that read the same, the first by code point, whatever the order of the vendors.
    if (byCodePoint(text, candidate.text) < 0) candidate.text = text;
    candidate.vendors.add(vendor.id);
    candidates.set(key, candidate);
  };
  for (const vendor of vendors) {
    const branches = vendor.branches.filter((branch) => status === null || branch.status === status);
    if (branches.length === 0) continue;
    add('vendor', vendor.name, vendor);
    for (const item of vendor.items) add('food', item, vendor);
    for (const { area } of branches) if (area !== null) add('area', area, vendor);
  }
  return [...candidates.values()]
    .map(({ type, text, vendors: having }) => ({ type, text, count: having.size, words: tokens(text) }))
    .sort((a, b) => b.count - a.count || a.words.length - b.words.length || byCodePoint(a.text, b.text));
}

function has(words: readonly string[], word: string): boolean {
  const wanted = stem(word);
  return words.some((one) => one.startsWith(word) || stem(one) === wanted);
}

/** Foods, vendors and areas in this order; what one kind leaves free goes to the others. */
function share(found: readonly Candidate[], limit: number): Suggestion[] {
  const kinds = (['food', 'vendor', 'area'] as const).map((type) => found.filter((one) => one.type === type));
  const taken = kinds.map((kind, at) => kind.slice(0, [SHARE.food, SHARE.vendor, SHARE.area][at]));
  for (let free = limit - taken.flat().length; free > 0; free--) {
    const at = kinds.findIndex((kind, index) => kind.length > (taken[index]?.length ?? 0));
    const next = kinds[at]?.[taken[at]?.length ?? 0];
    if (!next) break;
    taken[at]?.push(next);
  }
  return taken
    .flat()
    .slice(0, limit)
    .map(({ type, text, count }) => ({ type, text, count }));
}
