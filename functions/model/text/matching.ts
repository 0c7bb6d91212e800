import { clauseWeight, type Field, QUALITY, type Quality, WEIGHT } from '../ranking.ts';
import type { Branch, Vendor } from '../vendor.ts';
import type { Clause, ParsedQuery, QueryTerm } from './parsed-query.ts';
import { allowsTypos, requirements } from './requirements.ts';
import { stem } from './stemming.ts';
import { joinedForms, joinedNames, tokens } from './tokenizer.ts';
import { isTypoOfStem, typoInWord } from './typos.ts';

/** A text field ready for matching. A phrase never matches across two of its texts. */
export type FieldTerms = {
  readonly field: Field;
  /** Stems of each text, in order. */
  readonly texts: readonly (readonly string[])[];
  readonly words: ReadonlySet<string>;
  /** Of the words, and of hyphenated words and pairs of words of names written as one. */
  readonly stems: ReadonlySet<string>;
};

/** How a word of the query, or a phrase that means the same, matches the data. */
export type TermMatch = {
  readonly word: string;
  /** The word of the data; of a phrase its stems. */
  readonly matched: string;
  readonly field: Field;
  readonly quality: Quality;
  /** Its score, a whole number: quality x weight of the field; for a phrase also x the number of words that it replaces. */
  readonly worth: number;
};

function fieldTerms(field: Field, texts: readonly (string | null)[]): FieldTerms {
  const words = texts.map((text) => tokens(text ?? ''));
  const stems = words.map((text) => text.map(stem));
  const joined = [
    ...texts.flatMap((text) => joinedForms(text ?? '')),
    ...(field === 'name' ? words.flatMap(joinedNames) : []),
  ].map(stem);
  return { field, texts: stems, words: new Set(words.flat()), stems: new Set([...stems.flat(), ...joined]) };
}

/** The fields that all branches of a vendor share. */
export function vendorFields(vendor: Vendor): FieldTerms[] {
  return [
    fieldTerms('items', [...vendor.items, ...vendor.searchText]),
    fieldTerms('name', [vendor.name, ...vendor.otherNames]),
    fieldTerms('category', vendor.categories),
  ];
}

/** The fields of a branch's own. */
export function branchFields(branch: Branch): FieldTerms[] {
  return [
    fieldTerms('address', [branch.address]),
    fieldTerms('area', [branch.area]),
    { ...fieldTerms('description', branch.descriptions), words: NO_WORDS },
  ];
}

/** A description is found by stems only: it names all streets around, so it must not score as much as the address does. */
const NO_WORDS: ReadonlySet<string> = new Set();

/** The best match of each word of a clause, and of the phrases that mean the same. */
export type ClauseMatches = {
  readonly words: readonly (TermMatch | null)[];
  /** The words of a phrase are next to each other within one text. */
  readonly isAdjacent: boolean;
  readonly phrase: TermMatch | null;
};

/** Matches of required and optional clauses, in their order. */
export type QueryMatches = { readonly required: readonly ClauseMatches[]; readonly optional: readonly ClauseMatches[] };

/** Matches a query against some fields; {@link matchBranch} combines those of a vendor and of its branch. */
export function matchFields(
  { required, optional }: ParsedQuery,
  fields: readonly FieldTerms[],
  typos: boolean,
): QueryMatches {
  return {
    required: required.map((clause) => matchClause(clause, fields, typos)),
    optional: optional.map((clause) => matchClause(clause, fields, false)),
  };
}

function matchClause(clause: Clause, fields: readonly FieldTerms[], typos: boolean): ClauseMatches {
  const mayHaveTypos = typos && allowsTypos(clause);
  return {
    words: clause.terms.map((term) => matchTerm(term, fields, { typos: mayHaveTypos, isFiller: clause.isFiller })),
    isAdjacent: clause.isPhrase && isAdjacent(clause, fields),
    phrase: matchPhrases(clause, fields),
  };
}

function isAdjacent({ terms }: Clause, fields: readonly FieldTerms[]): boolean {
  const phrase = terms.map(({ stem }) => stem);
  return fields.some(({ texts }) => texts.some((text) => hasPhrase(text, phrase)));
}

/** Whether a vendor has what the query excludes, in its food, category or name. */
export function isExcluded({ excluded }: ParsedQuery, shared: readonly FieldTerms[]): boolean {
  return excluded.some((clause) => matchPhrases(clause, shared) !== null);
}

/** What of a query a branch matches. */
export type BranchMatch = {
  readonly matches: readonly TermMatch[];
  /** Required clauses that it lacks; more than none only when the query allows it. */
  readonly missing: readonly Clause[];
};

/**
 * The matches that count for a branch: of each word and phrase the better of its vendor's and its own. `undefined` when it lacks more
 * than `mayLack` required clauses, or a protected one, or matches none.
 */
export function matchBranch(
  query: ParsedQuery,
  mayLack: number,
  shared: QueryMatches,
  own: QueryMatches,
): BranchMatch | undefined {
  const matches: TermMatch[] = [];
  const missing: Clause[] = [];
  for (const [at, clause] of query.required.entries()) {
    const found = bestMatches(clause, shared.required[at], own.required[at]);
    if (found) matches.push(...found);
    else missing.push(clause);
  }
  const { all, some, least } = requirements(query, mayLack);
  const isMissing = (clause: Clause) => missing.includes(clause);
  if (all.some(isMissing) || some.filter((clause) => !isMissing(clause)).length < least) return undefined;
  for (const [at, clause] of query.optional.entries()) {
    matches.push(...(bestMatches(clause, shared.optional[at], own.optional[at]) ?? []));
  }
  return { matches, missing };
}

function bestMatches(
  { isPhrase }: Clause,
  shared: ClauseMatches | undefined,
  own: ClauseMatches | undefined,
): TermMatch[] | undefined {
  if (!shared || !own) return undefined;
  const words = shared.words.map((match, at) => better(match, own.words[at] ?? null));
  const phrase = better(shared.phrase, own.phrase);
  const found = words.filter((match) => match !== null);
  const isTogether = !isPhrase || shared.isAdjacent || own.isAdjacent;
  const all = isTogether && found.length === words.length && found.length > 0 ? found : null;
  if (all && scoreOf(all) >= (phrase?.worth ?? 0)) return all;
  return phrase ? [phrase] : undefined;
}

/** The text score of a branch: a query without required words starts at 1. */
export function textScore({ required }: ParsedQuery, matches: readonly TermMatch[]): number {
  return scoreOf(matches) + (required.length === 0 ? 1 : 0);
}

function scoreOf(matches: readonly TermMatch[]): number {
  let sum = 0;
  for (const { worth } of matches) sum += worth;
  return sum;
}

function better(a: TermMatch | null, b: TermMatch | null): TermMatch | null {
  return a && b ? (b.worth > a.worth ? b : a) : (a ?? b);
}

function matchTerm(
  term: QueryTerm,
  fields: readonly FieldTerms[],
  { typos, isFiller }: { typos: boolean; isFiller: boolean },
): TermMatch | null {
  let best: TermMatch | null = null;
  const offer = (field: Field, matched: string, quality: Quality) => {
    best = better(best, {
      word: term.word,
      matched,
      field,
      quality,
      worth: QUALITY[quality] * clauseWeight(WEIGHT[field], isFiller),
    });
  };
  for (const { field, words, stems } of fields) {
    if (words.has(term.word)) offer(field, term.word, 'exact');
    else if (stems.has(term.stem)) {
      offer(field, firstOf(words, (word) => stem(word) === term.stem) || term.stem, 'stem');
    } else {
      if (term.isPrefix) {
        const longer = firstOf(words, (word) => word.startsWith(term.word));
        if (longer) offer(field, longer, 'prefix');
      }
      if (typos) offerTypo(term, { words, stems }, (matched, quality) => offer(field, matched, quality));
    }
  }
  return best;
}

function offerTypo(
  term: QueryTerm,
  { words, stems }: Pick<FieldTerms, 'words' | 'stems'>,
  offer: (matched: string, quality: Quality) => void,
): void {
  for (const candidate of stems) {
    if (isTypoOfStem(term, candidate)) offer(firstOf(words, (one) => stem(one) === candidate) || candidate, 'typo1');
  }
  for (const candidate of words) {
    const quality = typoInWord(term, candidate);
    if (quality) offer(candidate, quality);
  }
}

function matchPhrases(
  { text, size, synonymPhrases, isFiller }: Clause,
  fields: readonly FieldTerms[],
): TermMatch | null {
  let best: TermMatch | null = null;
  for (const phrase of synonymPhrases) {
    for (const { field, texts, stems } of fields) {
      const isThere =
        phrase.length === 1 ? stems.has(phrase[0] as string) : texts.some((one) => hasPhrase(one, phrase));
      if (!isThere) continue;
      const worth = size * QUALITY.synonym * clauseWeight(WEIGHT[field], isFiller);
      best = better(best, { word: text, matched: phrase.join(' '), field, quality: 'synonym', worth });
    }
  }
  return best;
}

/** Whether the stems of a phrase are next to each other, in order. */
export function hasPhrase(text: readonly string[], phrase: readonly string[]): boolean {
  return text.some((_, at) => phrase.every((word, offset) => text[at + offset] === word));
}

function firstOf(words: ReadonlySet<string>, test: (word: string) => boolean): string {
  for (const word of words) if (test(word)) return word;
  return '';
}
