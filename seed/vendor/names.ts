import { tokens } from '../../functions/model/text/tokenizer.ts';

/** A vendor's name as written, taken apart. */
export type VendorName = {
  /** The trade name: what stands after "dba", else the whole. */
  readonly shown: string;
  /** The legal name before "dba"; both sides of a name with "/". */
  readonly others: readonly string[];
};

const DBA = /^(.+?)[\s,;]*(?<![\p{L}\p{N}])d\.?\s?[/.]?b\.?\s?[/.]?a(?![\p{L}\p{N}])\.?\s*:?\s*(.+)$/iu;

/** `X dba Y` (written `dba`, `dba.`, `DBA`, `DBA:`, `d/b/a`) is known as Y, and still found as X. */
export function readName(written: string): VendorName {
  const unified = written.replace(/\s+/g, ' ').trim();
  const dba = DBA.exec(unified);
  const shown = dba?.[2] ?? unified;
  const sides = shown.split('/').map((side) => side.trim());
  const isTwo = sides.length === 2 && sides.every((side) => /\p{L}{3}/u.test(side));
  return { shown, others: [...(dba?.[1] ? [dba[1]] : []), ...(isTwo ? sides : [])] };
}

/** Endings that say what kind of company it is, and nothing about who. */
const COMPANY = new Set(['llc', 'inc', 'corp', 'co', 'ltd']);

/**
 * Under which names are one vendor's: the words of the trade name without case, accents, punctuation and a company's
 * LLC, Inc., Corp., Co. or Ltd. at the end. Nothing looser: "Park's Catering" and "Paul's Catering" are two vendors.
 */
export function vendorKey(name: string): string {
  const words = tokens(name.replace(/\bL\.\s?L\.\s?C\b\.?/gi, 'LLC'));
  while (words.length > 1 && COMPANY.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ') || name.trim().toLowerCase();
}

/**
 * One of several spellings of a name: the one most often written among those not all in capitals (ties: the first by
 * code point); if all are, the most frequent one with its case repaired.
 * @param counts spelling to the number of rows that have it
 */
export function chooseSpelling(counts: ReadonlyMap<string, number>): string {
  const ordered = [...counts].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1)).map(([spelling]) => spelling);
  return ordered.find((spelling) => /\p{Ll}/u.test(spelling)) ?? repairCapitals(ordered[0] ?? '');
}

/** "HALAL SF GYRO" to "Halal SF Gyro": words of one or two letters, of consonants only, and LLC stay as they are. */
function repairCapitals(name: string): string {
  return name.replace(/[\p{L}'’]+/gu, (word) => {
    const bare = word.replace(/['’]/g, '');
    if (bare === 'LLC' || (bare.length <= 3 && !/[AEIOUY]/i.test(bare)) || bare.length === 1) return word;
    return word.slice(0, 1) + word.slice(1).toLowerCase();
  });
}
