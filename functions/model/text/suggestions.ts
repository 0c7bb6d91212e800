import { byCodePoint } from '../comparators.ts';
import type { Suggestion, SuggestQuery } from '../query.ts';
import type { Vendor } from '../vendor.ts';
import { stem } from './stemming.ts';
import { tokens } from './tokenizer.ts';

/** A possible suggestion, with the words by which it is found. */
export type Candidate = Suggestion & { readonly words: readonly string[] };

/** The kinds of suggestions in the order in which they are listed. */
export const SUGGESTION_TYPES = ['food', 'vendor', 'area'] as const satisfies readonly Suggestion['type'][];

/** The maximum number of rows of a kind while another kind needs rows too. */
const SHARE: Readonly<Record<Suggestion['type'], number>> = { food: 4, vendor: 3, area: 2 };

/** A text's words, and its stems joined by blanks. */
export type AnalyzedText = { readonly words: readonly string[]; readonly stems: string };
export type TextAnalyzer = (text: string) => AnalyzedText;

/** Creates a function that analyzes each distinct text once: many vendors share the same foods and areas. */
export function textAnalyzer(): TextAnalyzer {
  const cache = new Map<string, AnalyzedText>();
  return (text) => {
    let analyzed = cache.get(text);
    if (!analyzed) {
      const words = tokens(text);
      analyzed = { words, stems: words.map(stem).join(' ') };
      cache.set(text, analyzed);
    }
    return analyzed;
  };
}

/**
 * The suggestions of some vendors: their foods, names and areas, each with the number of vendors that have it. Texts with the same stems
 * are one suggestion. Most vendors first, then the text with fewer words, then by code point.
 * @param status the permits' state to count; `null` for any
 */
export function collectSuggestions(
  vendors: Iterable<Vendor>,
  status: string | null,
  analyze: TextAnalyzer = textAnalyzer(),
): Candidate[] {
  const tally = suggestionTally(analyze);
  for (const vendor of vendors) tally.add(vendor);
  return tally
    .all()
    .flatMap(({ type, tallies }) =>
      tallies
        .filter((one) => one.status === status)
        .map(({ text, count }) => ({ type, text, count, words: analyze(text).words })),
    )
    .sort((a, b) => b.count - a.count || a.words.length - b.words.length || byCodePoint(a.text, b.text));
}

/** Counted suggestions in no particular order, each with all statuses in which its text and its count are the same. */
export function* suggestionsByStatus(
  groups: readonly SuggestionGroup[],
  analyze: TextAnalyzer,
): Generator<{ readonly candidate: Candidate; readonly statuses: readonly (string | null)[] }> {
  for (const { type, tallies } of groups) {
    for (const [at, { text, count }] of tallies.entries()) {
      const isSame = (tally: Tally) => tally.text === text && tally.count === count;
      if (tallies.findIndex(isSame) < at) continue;
      const statuses = tallies.filter(isSame).map(({ status }) => status);
      yield { candidate: { type, text, count, words: analyze(text).words }, statuses };
    }
  }
}

/** The text and the number of vendors in one status; `last` is the number of the vendor that was counted last. */
type Tally = { readonly status: string | null; text: string; count: number; last: number };
/** All texts of a kind that have the same stems. */
type SuggestionGroup = { readonly type: Suggestion['type']; readonly tallies: Tally[] };

/**
 * Counts suggestions vendor by vendor, for all statuses at once.
 * @param types the kinds to count
 */
export function suggestionTally(analyze: TextAnalyzer, types: readonly Suggestion['type'][] = SUGGESTION_TYPES) {
  const all: SuggestionGroup[] = [];
  let vendors = 0;
  // Most texts occur at many vendors, so look up the text as written first, and its stems only if the text is new.
  const byText = eachType(() => new Map<string, SuggestionGroup>());
  const byStems = eachType(() => new Map<string, SuggestionGroup>());
  const groupOf = (type: Suggestion['type'], text: string): SuggestionGroup => {
    const { stems } = analyze(text);
    let group = byStems[type].get(stems);
    if (!group) {
      group = { type, tallies: [] };
      all.push(group);
      byStems[type].set(stems, group);
    }
    byText[type].set(text, group);
    return group;
  };
  const add = (type: Suggestion['type'], text: string, statuses: Iterable<string | null>) => {
    const { tallies } = byText[type].get(text) ?? groupOf(type, text);
    for (const status of statuses) {
      const tally = tallies.find((one) => one.status === status);
      if (!tally) tallies.push({ status, text, count: 1, last: vendors });
      else {
        // Show the first spelling by code point, whatever the order of the vendors.
        if (tally.text !== text && byCodePoint(text, tally.text) < 0) tally.text = text;
        if (tally.last !== vendors) tally.count++;
        tally.last = vendors;
      }
    }
  };
  return {
    add(vendor: Vendor): void {
      if (vendor.branches.length === 0) return;
      vendors++;
      const statuses = new Set<string | null>([null]);
      for (const { status } of vendor.branches) statuses.add(status);
      if (types.includes('vendor')) add('vendor', vendor.name, statuses);
      if (types.includes('food')) for (const item of vendor.items) add('food', item, statuses);
      if (!types.includes('area')) return;
      for (const { area, status } of vendor.branches) if (area !== null) add('area', area, [null, status]);
    },
    all: (): readonly SuggestionGroup[] => all,
  };
}

function eachType<Value>(create: () => Value): Record<Suggestion['type'], Value> {
  return { food: create(), vendor: create(), area: create() };
}

/** Whether a text with these words is suggested for a query word: a word begins with it or has its stem. */
export function isSuggestedFor(words: readonly string[], queryWord: string): boolean {
  const wanted = stem(queryWord);
  return words.some((one) => one.startsWith(queryWord) || stem(one) === wanted);
}

/** Whether a text with these words begins with the words of a query, the last of which may be incomplete. */
function beginsWithWords(words: readonly string[], queryWords: readonly string[]): boolean {
  return words.join(' ').startsWith(queryWords.join(' '));
}

/**
 * At most `limit` rows: those that begin with the query, then the others, and of both foods, then vendors, then areas, each kind in its
 * original order. Rows that one kind leaves unused go to the others.
 * @param found all that begin with the query, or the first `limit` of each kind, and the first `limit` of the others
 */
export function shareRows(found: readonly Suggestion[], { text: query, limit }: SuggestQuery): Suggestion[] {
  const queryWords = tokens(query);
  const begins = new Map(found.map((one) => [one, beginsWithWords(tokens(one.text), queryWords)]));
  const firstBegins = (rows: readonly Suggestion[]) =>
    [true, false].flatMap((first) => rows.filter((one) => begins.get(one) === first));
  const kinds = SUGGESTION_TYPES.map((type) => firstBegins(found.filter((one) => one.type === type)));
  const rows = kinds.map((kind, at) => kind.slice(0, SHARE[SUGGESTION_TYPES[at] ?? 'food']));
  for (let free = limit - rows.flat().length; free > 0; free--) {
    const at = kinds.findIndex((kind, index) => kind.length > (rows[index]?.length ?? 0));
    const next = kinds[at]?.[rows[at]?.length ?? 0];
    if (!next) break;
    rows[at]?.push(next);
  }
  return firstBegins(rows.flat().slice(0, limit)).map(({ type, text, count }) => ({ type, text, count }));
}
