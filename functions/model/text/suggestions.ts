import { byCodePoint } from '../comparators.ts';
import type { Suggestion } from '../query.ts';
import type { Vendor } from '../vendor.ts';
import { stem } from './stemming.ts';
import { tokens } from './tokenizer.ts';

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
  const tally = suggestionTally(read);
  for (const vendor of vendors) tally.add(vendor);
  return tally
    .all()
    .flatMap(({ type, tallies }) =>
      tallies
        .filter((one) => one.status === status)
        .map(({ text, count }) => ({ type, text, count, words: read(text).words })),
    )
    .sort((a, b) => b.count - a.count || a.words.length - b.words.length || byCodePoint(a.text, b.text));
}

/** What vendors give to suggest, in no order: for all states of permits in which it reads and counts the same. */
export function* suggestionsByStatus(
  counted: readonly Counted[],
  read: (text: string) => ReadText,
): Generator<{ readonly candidate: Candidate; readonly statuses: readonly (string | null)[] }> {
  for (const { type, tallies } of counted) {
    for (const [at, { text, count }] of tallies.entries()) {
      const isSame = (tally: Tally) => tally.text === text && tally.count === count;
      if (tallies.findIndex(isSame) < at) continue;
      const statuses = tallies.filter(isSame).map(({ status }) => status);
      yield { candidate: { type, text, count, words: read(text).words }, statuses };
    }
  }
}

/** How texts that read the same are written and counted in a permit's state; `last`: number of the vendor that was counted last. */
type Tally = { readonly status: string | null; text: string; count: number; last: number };
type Counted = { readonly type: Suggestion['type']; readonly tallies: Tally[] };

/**
 * Counts what vendors give to suggest, a vendor at a time and for all states at once.
 * @param types which kinds
 */
export function suggestionTally(
  read: (text: string) => ReadText,
  types: readonly Suggestion['type'][] = SUGGESTION_TYPES,
) {
  const all: Counted[] = [];
  let vendors = 0;
  // By what was written and, for what was not met before, by how it reads: most texts stand at many vendors.
  const byText = eachType(() => new Map<string, Counted>());
  const byStems = eachType(() => new Map<string, Counted>());
  const countedOf = (type: Suggestion['type'], text: string): Counted => {
    const { stems } = read(text);
    let counted = byStems[type].get(stems);
    if (!counted) {
      counted = { type, tallies: [] };
      all.push(counted);
      byStems[type].set(stems, counted);
    }
    byText[type].set(text, counted);
    return counted;
  };
  const add = (type: Suggestion['type'], text: string, statuses: Iterable<string | null>) => {
    const { tallies } = byText[type].get(text) ?? countedOf(type, text);
    for (const status of statuses) {
      const tally = tallies.find((one) => one.status === status);
      if (!tally) tallies.push({ status, text, count: 1, last: vendors });
      else {
        // Of spellings that read the same, the first by code point, whatever the order of the vendors.
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
    all: (): readonly Counted[] => all,
  };
}

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
