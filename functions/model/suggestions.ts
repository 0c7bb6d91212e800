import type { Suggestion } from './query.ts';
import type { Branch, Vendor } from './vendor.ts';
import { byCodePoint, stem, tokens } from './words.ts';

/** Something that can be suggested, with the words by which it is found. */
export type Candidate = Suggestion & { readonly words: readonly string[] };

/** The kinds in the order in which they are shown. */
export const SUGGESTION_TYPES = ['food', 'vendor', 'area'] as const satisfies readonly Suggestion['type'][];

/** Rows of one kind are at most this many while another kind has any. */
const SHARE: Readonly<Record<Suggestion['type'], number>> = { food: 4, vendor: 3, area: 2 };

/** A text's words, and its stems as one text. */
export type ReadText = { readonly words: readonly string[]; readonly stems: string };

/** Reads each text once: the same foods and areas stand at many vendors. */
export function textReader(): (text: string) => ReadText {
  const known = new Map<string, ReadText>();
  return (text) => {
    let read = known.get(text);
    if (!read) {
      const words = tokens(text);
      read = { words, stems: words.map(stem).join(' ') };
      known.set(text, read);
    }
    return read;
  };
}

/**
 * What vendors give to suggest in a permit's state (`null`: in any): their foods (items with the same words are one),
 * their names and their areas, each with the number of vendors that have it; most vendors first, then the shorter text,
 * then by code point.
 */
export function collectSuggestions(
  vendors: Iterable<Vendor>,
  status: string | null,
  read: (text: string) => ReadText = textReader(),
): Candidate[] {
  const candidates: Collected[] = [];
  // By what was written and, for what was not met before, by how it reads: most texts stand at many vendors.
  const byText = eachType(() => new Map<string, Collected>());
  const byStems = eachType(() => new Map<string, Collected>());
  const collect = (type: Suggestion['type'], text: string): Collected => {
    const { stems } = read(text);
    let candidate = byStems[type].get(stems);
    if (!candidate) {
      candidate = { type, text, count: 0, last: null };
      candidates.push(candidate);
      byStems[type].set(stems, candidate);
    }
    // Of spellings that read the same, the first by code point, whatever the order of the vendors.
    if (byCodePoint(text, candidate.text) < 0) candidate.text = text;
    byText[type].set(text, candidate);
    return candidate;
  };
  const add = (type: Suggestion['type'], text: string, vendor: Vendor) => {
    const candidate = byText[type].get(text) ?? collect(type, text);
    if (candidate.last === vendor) return;
    candidate.last = vendor;
    candidate.count++;
  };
  for (const vendor of vendors) {
    const isIn = (branch: Branch) => status === null || branch.status === status;
    if (!vendor.branches.some(isIn)) continue;
    add('vendor', vendor.name, vendor);
    for (const item of vendor.items) add('food', item, vendor);
    for (const branch of vendor.branches) if (branch.area !== null && isIn(branch)) add('area', branch.area, vendor);
  }
  return candidates
    .map(({ type, text, count }) => ({ type, text, count, words: read(text).words }))
    .sort((a, b) => b.count - a.count || a.words.length - b.words.length || byCodePoint(a.text, b.text));
}

/** What is suggested for some texts; `last` is the vendor that was counted last, so that none is counted twice. */
type Collected = { readonly type: Suggestion['type']; text: string; count: number; last: Vendor | null };

function eachType<Value>(make: () => Value): Record<Suggestion['type'], Value> {
  return { food: make(), vendor: make(), area: make() };
}

/** Whether a text with these words is suggested for a word of the query: one of them begins with it, or has its stem. */
export function suggests(words: readonly string[], word: string): boolean {
  const wanted = stem(word);
  return words.some((one) => one.startsWith(word) || stem(one) === wanted);
}

/**
 * At most `limit` rows of what was found, which is in order within each kind: foods, vendors and areas; what one kind
 * leaves free goes to the others.
 */
export function shareRows(found: readonly Suggestion[], limit: number): Suggestion[] {
  const kinds = SUGGESTION_TYPES.map((type) => found.filter((one) => one.type === type));
  const taken = kinds.map((kind, at) => kind.slice(0, SHARE[SUGGESTION_TYPES[at] ?? 'food']));
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
