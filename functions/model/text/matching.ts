import { type Field, QUALITY, type Quality, WEIGHT } from '../ranking.ts';
import type { Branch, Vendor } from '../vendor.ts';
import { allowedEdits, editDistance } from './edit-distance.ts';
import type { Clause, ParsedQuery, QueryTerm } from './query-parser.ts';
import { stem } from './stemming.ts';
import { tokens } from './tokenizer.ts';

/** A field's texts, tokenized. A phrase never matches across two of them. */
export type FieldTerms = {
  readonly field: Field;
  /** The stems of each text, in order. */
  readonly texts: readonly (readonly string[])[];
  readonly words: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
};

/** How a word of the query, or a synonym phrase, matches the data. */
export type TermMatch = {
  /** The word of the query; all words of the clause if a synonym matches. */
  readonly word: string;
  /** The matching word of the data; the stems of a synonym phrase. */
  readonly matched: string;
  readonly field: Field;
  readonly quality: Quality;
  /** The term score: quality x weight of the field; for a synonym phrase also x the number of words it replaces. */
  readonly worth: number;
};

function fieldTerms(field: Field, texts: readonly (string | null)[]): FieldTerms {
  const words = texts.map((text) => tokens(text ?? ''));
  const stems = words.map((text) => text.map(stem));
  return { field, texts: stems, words: new Set(words.flat()), stems: new Set(stems.flat()) };
}

/** The fields that all branches of a vendor share. */
export function vendorFields(vendor: Vendor): FieldTerms[] {
  return [
    fieldTerms('items', [...vendor.items, ...vendor.searchText]),
    fieldTerms('name', [vendor.name, ...vendor.otherNames]),
    fieldTerms('category', vendor.categories),
  ];
}

/** The fields that differ between a vendor's branches. */
export function branchFields(branch: Branch): FieldTerms[] {
  return [fieldTerms('address', [branch.address]), fieldTerms('area', [branch.area])];
}

/** The best matches of one clause in some fields: of each of its terms, and of its synonym phrases. */
export type ClauseMatches = { readonly terms: readonly (TermMatch | null)[]; readonly synonym: TermMatch | null };

/** Matches a query against fields, clause by clause. {@link combineMatches} then merges a vendor's matches with a branch's. */
export function matchFields(parsedQuery: ParsedQuery, fields: readonly FieldTerms[], typos: boolean): ClauseMatches[] {
  return parsedQuery.map((clause) => ({
    terms: clause.terms.map((term) => matchTerm(term, fields, typos)),
    synonym: matchSynonyms(clause, fields),
  }));
}

/**
 * The matches that count for a branch: of each term and synonym the better of its vendor's match and its own. `undefined` if a clause
 * does not match.
 */
export function combineMatches(
  vendorMatches: readonly ClauseMatches[],
  branchMatches: readonly ClauseMatches[],
): TermMatch[] | undefined {
  const all: TermMatch[] = [];
  for (const [at, clause] of vendorMatches.entries()) {
    const terms = clause.terms.map((match, term) => better(match, branchMatches[at]?.terms[term] ?? null));
    const synonym = better(clause.synonym, branchMatches[at]?.synonym ?? null);
    const found = terms.filter((match) => match !== null);
    const complete = found.length === terms.length ? found : null;
    if (complete && totalScore(complete) >= (synonym?.worth ?? 0)) all.push(...complete);
    else if (synonym) all.push(synonym);
    else return undefined;
  }
  return all;
}

/** The text score: the sum of the term scores, added in the order of the query, so that every engine rounds alike. */
export function totalScore(matches: readonly TermMatch[]): number {
  let sum = 0;
  for (const { worth } of matches) sum += worth;
  return sum;
}

function better(a: TermMatch | null, b: TermMatch | null): TermMatch | null {
  return a && b ? (b.worth > a.worth ? b : a) : (a ?? b);
}

function matchTerm(term: QueryTerm, fields: readonly FieldTerms[], typos: boolean): TermMatch | null {
  let best: TermMatch | null = null;
  const offer = (field: Field, matched: string, quality: Quality) => {
    best = better(best, { word: term.word, matched, field, quality, worth: QUALITY[quality] * WEIGHT[field] });
  };
  for (const { field, words, stems } of fields) {
    if (words.has(term.word)) offer(field, term.word, 'exact');
    else if (stems.has(term.stem))
      offer(
        field,
        firstOf(words, (word) => stem(word) === term.stem),
        'stem',
      );
    else {
      if (term.last) {
        const longer = firstOf(words, (word) => word.startsWith(term.word));
        if (longer) offer(field, longer, 'prefix');
      }
      if (typos) offerTypos(term.word, words, (matched, quality) => offer(field, matched, quality));
    }
  }
  return best;
}

function offerTypos(
  word: string,
  words: ReadonlySet<string>,
  offer: (matched: string, quality: Quality) => void,
): void {
  const limit = allowedEdits(word);
  if (limit === 0) return;
  for (const candidate of words) {
    const edits = editDistance(word, candidate, limit);
    if (edits) offer(candidate, edits === 1 ? 'typo1' : 'typo2');
  }
}

function matchSynonyms({ terms, synonymPhrases }: Clause, fields: readonly FieldTerms[]): TermMatch | null {
  let best: TermMatch | null = null;
  const word = terms.map((term) => term.word).join(' ');
  for (const stems of synonymPhrases) {
    for (const { field, texts } of fields) {
      if (!texts.some((text) => hasPhrase(text, stems))) continue;
      const worth = terms.length * QUALITY.synonym * WEIGHT[field];
      best = better(best, { word, matched: stems.join(' '), field, quality: 'synonym', worth });
    }
  }
  return best;
}

/** Whether the stems of a phrase are next to each other in a text, in order. */
export function hasPhrase(text: readonly string[], phrase: readonly string[]): boolean {
  return text.some((_, at) => phrase.every((word, offset) => text[at + offset] === word));
}

function firstOf(words: ReadonlySet<string>, test: (word: string) => boolean): string {
  for (const word of words) if (test(word)) return word;
  return '';
}
