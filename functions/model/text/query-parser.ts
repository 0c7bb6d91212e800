import { stem } from './stemming.ts';
import type { Synonyms } from './synonyms.ts';
import { tokens } from './tokenizer.ts';

/** A word of a query with the forms that it may match. */
export type QueryTerm = {
  readonly word: string;
  readonly stem: string;
  /** The last word may still be being typed: it matches as a prefix too. */
  readonly last: boolean;
};

/**
 * What must match as one: a word, or a phrase for which the city knows other words. Either all of its own words match,
 * each anywhere, or an alternative does: its stems next to each other within one text.
 */
export type Clause = {
  readonly terms: readonly QueryTerm[];
  readonly synonymPhrases: readonly (readonly string[])[];
};

/** The units of a query; all must match. */
export type ParsedQuery = readonly Clause[];

/**
 * Reads a query's text. A unit that stands twice counts once. A blank at the end says that the last word is whole. An "and"
 * between other words is left out, because the data mostly writes "&", which is no word.
 */
export function parseQuery(text: string, synonyms: Synonyms): ParsedQuery {
  const plans = known.get(synonyms) ?? new Map<string, ParsedQuery>();
  known.set(synonyms, plans);
  let plan = plans.get(text);
  if (!plan) {
    plan = readPlan(text, synonyms);
    if (plans.size >= MOST_PLANS) plans.clear();
    plans.set(text, plan);
  }
  return plan;
}

/** Plans of the last texts: a search, each rung of its ladder and its answer read the same one. */
const known = new WeakMap<Synonyms, Map<string, ParsedQuery>>();
const MOST_PLANS = 256;

function readPlan(text: string, synonyms: Synonyms): ParsedQuery {
  const words = tokens(text);
  const typing = !/\s$/.test(text);
  const query = words.map(
    (word, at): QueryTerm => ({ word, stem: stem(word), last: typing && at === words.length - 1 }),
  );
  const units = new Map<string, Clause>();
  for (let at = 0; at < query.length; ) {
    const entry = synonyms.byFirst
      .get(query[at]?.stem ?? '')
      ?.find(({ stems }) => stems.every((one, offset) => query[at + offset]?.stem === one));
    const own = query.slice(at, at + (entry?.stems.length ?? 1));
    const between = at > 0 && at < query.length - 1;
    at += own.length;
    if (!entry && between && own[0]?.word === 'and') continue;
    const key = own.map(({ word }) => word).join(' ');
    units.delete(key);
    units.set(key, { terms: own, synonymPhrases: entry?.others ?? [] });
  }
  return [...units.values()];
}

/**
 * The text of a plan, folded; planning it again gives the same plan, unless a word stood twice or an "and" was left out. It ends with a blank
 * when its last word is whole.
 */
export function queryText(plan: ParsedQuery): string {
  const text = plan.map(({ terms }) => terms.map(({ word }) => word).join(' ')).join(' ');
  return plan.at(-1)?.terms.at(-1)?.last === false ? `${text} ` : text;
}
