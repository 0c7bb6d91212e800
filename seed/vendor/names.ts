import { stem } from '../../functions/model/text/stemming.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import { en } from '../../functions/model/text/vocabulary/english.ts';
import { foodWordsOf } from '../../functions/model/text/vocabulary/vocabulary-lines.ts';
import type { NameOrder } from '../city.ts';
import { streetFoodCategories } from '../food/vocabulary.ts';
import { repairNameCase } from '../record/letter-case.ts';

/** A vendor's name in its parts. */
export type VendorName = {
  /** The trade name: the part after "dba", else the whole name. */
  readonly shown: string;
  /** The legal name before "dba", both sides of a name with "/", and a quoted part. */
  readonly others: readonly string[];
};

/** What is between a legal and a trade name: `dba`, `dba.`, `DBA:`, `d/b/a`, `t/a`, and the same in words. */
const TRADING_AS =
  /(?<![\p{L}\p{N}])(?:d\.?\s?[/.]?b\.?\s?[/.]?a|t\s?\/\s?a|doing business as|trading as)(?![\p{L}\p{N}])\.?\s*:?\s*/giu;

/**
 * `X dba Y` is shown as Y, and is found as X too; of several, the last counts.
 * @param order how to read `Garcia, Maria`
 */
export function readName(written: string, order: NameOrder = 'auto'): VendorName {
  const name = unquoted(written.replace(/\s+/g, ' ').trim());
  const parts = name.split(TRADING_AS).map((part, at, { length }) => {
    const end = at < length - 1 ? /(?<![\s,;(])[\s,;(]+$/ : /(?<![\s,;])[\s,;]+$/;
    return part.replace(/^[\s,;]+/, '').replace(end, '');
  });
  const named = parts.filter((part) => part !== '');
  // `X (dba Y)` leaves a parenthesis.
  const last = named.at(-1) ?? name;
  const trade = named.length > 0 && name.includes('(') && !last.includes('(') ? last.replace(/\)$/, '') : last;
  const quoted = quotedPart(trade);
  const inOrder = (part: string) => NAME_ORDERS[order](part);
  const shown = inOrder(quoted?.isTradeName ? quoted.inner : unquoted(trade));
  const sides = shown.split('/').map((side) => side.trim());
  const isTwo = sides.length === 2 && sides.every((side) => /\p{L}{3}/u.test(side));
  const legal = [...named.slice(0, -1), ...(quoted?.isTradeName ? [quoted.before] : [])].map(inOrder);
  return {
    shown,
    others: [...legal, ...(isTwo ? sides : []), ...(quoted && !quoted.isTradeName ? [quoted.inner] : [])],
  };
}

const QUOTES = '"“”„«»';

/** `"Smart Tacos"` without its quotes. */
function unquoted(name: string): string {
  const inner = new RegExp(`^[${QUOTES}]([^${QUOTES}]+)[${QUOTES}]$`, 'u').exec(name)?.[1];
  return inner?.trim() || name;
}

/** A quoted end of a name: the trade name if what is before it is a person's or a company's name. */
function quotedPart(name: string): { before: string; inner: string; isTradeName: boolean } | undefined {
  const match = new RegExp(`[${QUOTES}]([^${QUOTES}]+)[${QUOTES}]$`, 'u').exec(name);
  const before = name.slice(0, match?.index ?? 0).replace(/(?<![\s,;])[\s,;]+$/, '');
  const inner = match?.[1]?.trim() ?? '';
  if (!/\p{L}/u.test(inner) || !/\p{L}/u.test(before)) return undefined;
  const isTradeName = COMPANY_FORMS.has(tokens(withPlainLlc(before)).at(-1) ?? '') || firstNameFirst(before) !== before;
  return { before, inner, isTradeName };
}

/** Stems of words of food and businesses, which no person has for a name. */
const BUSINESS_WORDS: ReadonlySet<string> = new Set(
  [
    ...foodWordsOf(en),
    en.fillers,
    ...streetFoodCategories.flatMap(({ words }) => words),
    `and associates bakery bistro bros brothers cafe caterers catering cocina concessions corporation deli eatery enterprises events
    gourmet grill grille group holdings house industries international kitchen lounge market mobile partners pizzeria pushcart
    rotisserie services shack shop snack snacks sons taqueria trading ventures`,
  ].flatMap((entry) => tokens(entry).map(stem)),
);

/** One to three words, a comma, one or two words: letters only, the last perhaps an initial. */
const LAST_FIRST =
  /^((?:[\p{L}\p{M}'’-]{2,} ){0,2}[\p{L}\p{M}'’-]{2,}), ?([\p{L}\p{M}'’-]{2,}(?: (?:\p{L}\.?|[\p{L}\p{M}'’-]{2,}))?)$/u;

/** `Garcia, Maria` as `Maria Garcia`, and `Rib Whip, The` as `The Rib Whip`. Names of companies and of food stay as they are. */
function firstNameFirst(name: string): string {
  const article = /^([^,]+), ?(the)$/i.exec(name);
  if (article) return `${article[2]} ${article[1]}`;
  const [, last, first] = LAST_FIRST.exec(name) ?? [];
  if (last === undefined || first === undefined) return name;
  const words = tokens(name);
  return words.some((word) => COMPANY_FORMS.has(word) || BUSINESS_WORDS.has(stem(word))) ? name : `${first} ${last}`;
}

const NAME_ORDERS: Readonly<Record<NameOrder, (name: string) => string>> = {
  auto: firstNameFirst,
  'last-first': (name) => {
    const [, last, first] = /^([^,]+), ?([^,]+)$/.exec(name) ?? [];
    return last === undefined || first === undefined || COMPANY_FORMS.has(tokens(withPlainLlc(first)).at(-1) ?? '')
      ? name
      : `${first} ${last}`;
  },
  'as-written': (name) => name,
};

/** Endings that name only the legal form. */
const COMPANY_FORMS = new Set(['llc', 'inc', 'corp', 'co', 'ltd']);

/**
 * Names with the same key are one vendor's: the words of the trade name without case, accents, punctuation, and a final
 * LLC, Inc., Corp., Co. or Ltd. Nothing looser: "Park's Catering" and "Paul's Catering" are two vendors.
 */
export function vendorKey(name: string): string {
  const words = tokens(withPlainLlc(name));
  while (words.length > 1 && COMPANY_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ') || name.trim().toLowerCase();
}

function withPlainLlc(name: string): string {
  return name.replace(/\bL\.\s?L\.\s?C\b\.?/gi, 'LLC');
}

/**
 * The most frequent spelling that is not all in capitals (ties: the first by code point); if all are, the most frequent
 * one with its case repaired.
 * @param counts spelling to the number of rows that have it
 * @param acronyms the city's words that stay in capitals
 */
export function chooseSpelling(counts: ReadonlyMap<string, number>, acronyms: readonly string[] = []): string {
  const ordered = [...counts].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1)).map(([spelling]) => spelling);
  return ordered.find((spelling) => /\p{Ll}/u.test(spelling)) ?? repairNameCase(ordered[0] ?? '', acronyms);
}
