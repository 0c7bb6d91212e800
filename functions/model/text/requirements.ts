import type { Clause, ParsedQuery } from './parsed-query.ts';

/** The required clauses of a query by how many of them must match. */
export type Requirements = {
  /** Each must match. */
  readonly all: readonly Clause[];
  /** At least {@link least} of these must match. */
  readonly some: readonly Clause[];
  readonly least: number;
  /** These only add to the score. */
  readonly others: readonly Clause[];
};

/**
 * What a branch must match if it may lack `mayLack` clauses: never a protected one, and one clause that is not weak always remains. Weak
 * clauses do not count, unless the query has no others.
 */
export function requirements({ required }: ParsedQuery, mayLack: number): Requirements {
  if (mayLack === 0 || required.every(isWeak)) return { all: required, some: [], least: 0, others: [] };
  const all = required.filter(({ isProtected }) => isProtected);
  const some = required.filter((clause) => !clause.isProtected && !isWeak(clause));
  const least = Math.max(all.length > 0 ? 0 : 1, some.length - mayLack);
  return { all, some, least, others: required.filter(isWeak) };
}

/** A clause of one or two letters says too little to be what is left of a relaxed query. */
function isWeak({ terms, isProtected }: Clause): boolean {
  return !isProtected && terms.length > 0 && terms.every(({ word }) => word.length <= 2 && /^[a-z0-9]+$/.test(word));
}

/** Whether typos of a clause match, if the query allows typos at all. */
export function allowsTypos({ isProtected, isQuoted, isKnown }: Clause): boolean {
  return !isProtected && !isQuoted && !isKnown;
}
