import { type Field, QUALITY, type Quality, WEIGHT } from '../ranking.ts';
import type { Branch, Vendor } from '../vendor.ts';
import { allowedEdits, editDistance } from './edit-distance.ts';
import type { Clause, ParsedQuery, QueryTerm } from './query-parser.ts';
import { stem } from './stemming.ts';
import { tokens } from './tokenizer.ts';

/** A text field made ready for matching. A phrase never matches across two of its texts. */
export type FieldTerms = {
  readonly field: Field;
  /** Stems of each text, in order. */
  readonly texts: readonly (readonly string[])[];
  readonly words: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
};

/** How a word of the query, or a phrase that means the same, is in the data. */
export type TermMatch = {
  readonly word: string;
  /** The word of the data; of a synonym its stems. */
  readonly matched: string;
  readonly field: Field;
  readonly quality: Quality;
  /** Quality x weight of the field, and for a phrase x the number of words that it stands for. */
  readonly worth: number;
};

function fieldWords(field: Field, texts: readonly (string | null)[]): FieldTerms {
  const words = texts.map((text) => tokens(text ?? ''));
  const stems = words.map((text) => text.map(stem));
  return { field, texts: stems, words: new Set(words.flat()), stems: new Set(stems.flat()) };
}

/** The fields that all branches of a vendor share. */
export function vendorFields(vendor: Vendor): FieldTerms[] {
  return [
    fieldWords('items', [...vendor.items, ...vendor.searchText]),
    fieldWords('name', [vendor.name, ...vendor.otherNames]),
    fieldWords('category', vendor.categories),
  ];
}

/** The fields of a branch's own. */
export function branchFields(branch: Branch): FieldTerms[] {
  return [fieldWords('address', [branch.address]), fieldWords('area', [branch.area])];
}

/** The best match of each unit of a plan in some fields; where a unit has a phrase, of its words and of its alternatives. */
export type ClauseMatches = { readonly words: readonly (TermMatch | null)[]; readonly alternative: TermMatch | null };

/** Matches a plan against fields, unit by unit; with {@link combineMatches} the matches of a vendor and of its branch become one. */
export function matchFields(plan: ParsedQuery, fields: readonly FieldTerms[], typos: boolean): ClauseMatches[] {
  return plan.map((unit) => ({
    words: unit.terms.map((word) => matchWord(word, fields, typos)),
    alternative: matchAlternatives(unit, fields),
  }));
}

/**
 * The matches that count for a branch: of each word and phrase the better of its vendor's and its own.
 * `undefined` when a unit has none.
 */
export function combineMatches(
  shared: readonly ClauseMatches[],
  own: readonly ClauseMatches[],
): TermMatch[] | undefined {
  const all: TermMatch[] = [];
  for (const [at, unit] of shared.entries()) {
    const words = unit.words.map((match, word) => better(match, own[at]?.words[word] ?? null));
    const alternative = better(unit.alternative, own[at]?.alternative ?? null);
    const found = words.filter((match) => match !== null);
    const whole = found.length === words.length ? found : null;
    if (whole && totalScore(whole) >= (alternative?.worth ?? 0)) all.push(...whole);
    else if (alternative) all.push(alternative);
    else return undefined;
  }
  return all;
}

/** The sum of what matches are worth. */
export function totalScore(matches: readonly TermMatch[]): number {
  let sum = 0;
  for (const { worth } of matches) sum += worth;
  return sum;
}

function better(a: TermMatch | null, b: TermMatch | null): TermMatch | null {
  return a && b ? (b.worth > a.worth ? b : a) : (a ?? b);
}

function matchWord(query: QueryTerm, fields: readonly FieldTerms[], typos: boolean): TermMatch | null {
  let best: TermMatch | null = null;
  const offer = (field: Field, matched: string, quality: Quality) => {
    best = better(best, { word: query.word, matched, field, quality, worth: QUALITY[quality] * WEIGHT[field] });
  };
  for (const { field, words, stems } of fields) {
    if (words.has(query.word)) offer(field, query.word, 'exact');
    else if (stems.has(query.stem))
      offer(
        field,
        firstOf(words, (word) => stem(word) === query.stem),
        'stem',
      );
    else {
      if (query.last) {
        const longer = firstOf(words, (word) => word.startsWith(query.word));
        if (longer) offer(field, longer, 'prefix');
      }
      if (typos) offerTypo(query.word, words, (matched, quality) => offer(field, matched, quality));
    }
  }
  return best;
}

function offerTypo(word: string, words: ReadonlySet<string>, offer: (matched: string, quality: Quality) => void): void {
  const most = allowedEdits(word);
  if (most === 0) return;
  for (const candidate of words) {
    const edits = editDistance(word, candidate, most);
    if (edits) offer(candidate, edits === 1 ? 'typo1' : 'typo2');
  }
}

function matchAlternatives({ terms, synonymPhrases }: Clause, fields: readonly FieldTerms[]): TermMatch | null {
  let best: TermMatch | null = null;
  const word = terms.map((one) => one.word).join(' ');
  for (const stems of synonymPhrases) {
    for (const { field, texts } of fields) {
      if (!texts.some((text) => hasPhrase(text, stems))) continue;
      const worth = terms.length * QUALITY.synonym * WEIGHT[field];
      best = better(best, { word, matched: stems.join(' '), field, quality: 'synonym', worth });
    }
  }
  return best;
}

/** Whether the stems of a phrase stand next to each other, in order. */
export function hasPhrase(text: readonly string[], phrase: readonly string[]): boolean {
  return text.some((_, at) => phrase.every((word, offset) => text[at + offset] === word));
}

function firstOf(words: ReadonlySet<string>, test: (word: string) => boolean): string {
  for (const word of words) if (test(word)) return word;
  return '';
}
