import { tokens } from '../../functions/model/text/tokenizer.ts';

/** A vendor's name in its parts. */
export type VendorName = {
  /** The trade name: the part after "dba", else the whole name. */
  readonly shown: string;
  /** The legal name before "dba", and both sides of a name with "/". */
  readonly others: readonly string[];
};

const DBA = /^(.+?)[\s,;]*(?<![\p{L}\p{N}])d\.?\s?[/.]?b\.?\s?[/.]?a(?![\p{L}\p{N}])\.?\s*:?\s*(.+)$/iu;

/** `X dba Y` (also `dba.`, `DBA:`, `d/b/a`) is shown as Y, and is found as X too. */
export function readName(written: string): VendorName {
  const name = written.replace(/\s+/g, ' ').trim();
  const dba = DBA.exec(name);
  const shown = dba?.[2] ?? name;
  const sides = shown.split('/').map((side) => side.trim());
  const isTwo = sides.length === 2 && sides.every((side) => /\p{L}{3}/u.test(side));
  return { shown, others: [...(dba?.[1] ? [dba[1]] : []), ...(isTwo ? sides : [])] };
}

/** Endings that name only the legal form. */
const COMPANY_FORMS = new Set(['llc', 'inc', 'corp', 'co', 'ltd']);

/**
 * Names with the same key are one vendor's: the words of the trade name without case, accents, punctuation, and a final
 * LLC, Inc., Corp., Co. or Ltd. Nothing looser: "Park's Catering" and "Paul's Catering" are two vendors.
 */
export function vendorKey(name: string): string {
  const words = tokens(name.replace(/\bL\.\s?L\.\s?C\b\.?/gi, 'LLC'));
  while (words.length > 1 && COMPANY_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ') || name.trim().toLowerCase();
}

/**
 * The most frequent spelling that is not all in capitals (ties: the first by code point); if all are, the most frequent
 * one with its case repaired.
 * @param counts spelling to the number of rows that have it
 */
export function chooseSpelling(counts: ReadonlyMap<string, number>): string {
  const ordered = [...counts].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1)).map(([spelling]) => spelling);
  return ordered.find((spelling) => /\p{Ll}/u.test(spelling)) ?? repairCapitals(ordered[0] ?? '');
}

/** "HALAL SF GYRO" to "Halal SF Gyro": single letters, words of two or three consonants, and LLC stay in capitals. */
function repairCapitals(name: string): string {
  return name.replace(/[\p{L}'’]+/gu, (word) => {
    const bare = word.replace(/['’]/g, '');
    if (bare === 'LLC' || (bare.length <= 3 && !/[AEIOUY]/i.test(bare)) || bare.length === 1) return word;
    return word.slice(0, 1) + word.slice(1).toLowerCase();
  });
}
