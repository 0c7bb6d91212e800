import type { RawRow } from './raw-rows.ts';

/** The rows of each vendor that a release has, by the vendor's id. */
export type RawVendors = ReadonlyMap<string, readonly RawRow[]>;

/** Named patterns of foods. */
export type Foods = ReadonlyMap<string, string>;

type Test = (row: RawRow, vendor: readonly RawRow[]) => boolean;

/** "everything except …" and "No Mexican food allowed": what is not sold. */
const NOT_SOLD = /(?<=everything |food )(?:except|but).*|no mexican food allowed/gi;

/**
 * Finds vendors by an expression over their raw rows: names of foods, with ` & ` before ` | `, and `!` before what must not be. A vendor
 * has a food if any of its rows has the food's pattern in its name or food. `says:` is a pattern of its own; `name:` and `address:` are
 * patterns of the name and of the address, `at:` of the address or another text about the place; `in:` names a district; `open`, `closed`
 * and `approved` are states of a row. A vendor is found if a row passes.
 */
export class VendorSets {
  readonly #vendors: RawVendors;
  readonly #foods: Foods;
  /** The areas of rows, which only an own computation knows. */
  readonly #areaOf: (row: RawRow) => string;
  readonly #patterns = new Map<string, RegExp>();

  constructor(vendors: RawVendors, foods: Foods, areaOf: (row: RawRow) => string) {
    this.#vendors = vendors;
    this.#foods = foods;
    this.#areaOf = areaOf;
  }

  /** The ids of the vendors, each with its rows that pass. @throws Error if the expression is wrong */
  find(expression: string): Map<string, RawRow[]> {
    const test = this.#parse(expression);
    const found = new Map<string, RawRow[]>();
    for (const [id, rows] of this.#vendors) {
      const passing = rows.filter((row) => test(row, rows));
      if (passing.length > 0) found.set(id, passing);
    }
    return found;
  }

  #parse(expression: string): Test {
    const all = expression.split(' | ').map((either) => either.split(' & ').map((one) => this.#atom(one.trim())));
    return (...args) => all.some((tests) => tests.every((test) => test(...args)));
  }

  #atom(atom: string): Test {
    if (atom.startsWith('!')) {
      const test = this.#atom(atom.slice(1));
      return (...args) => !test(...args);
    }
    const [, kind, value = ''] = /^(says|name|at|address|in):(.*)$/.exec(atom) ?? [];
    if (atom === 'all') return () => true;
    if (atom === 'open' || atom === 'closed') return ({ state }) => state === atom;
    if (atom === 'approved') return ({ status }) => status === 'approved';
    if (kind === 'in') return (row) => this.#areaOf(row) === value;
    const pattern = this.#pattern(kind ? value : this.#foods.get(atom), atom);
    if (kind === 'address') return ({ address }) => pattern.test(address);
    if (kind === 'at')
      return ({ address, descriptions }) => [address, ...descriptions].some((text) => pattern.test(text));
    if (kind === 'name') return (_, rows) => rows.some(({ name }) => pattern.test(name));
    return (_, rows) => rows.some(({ texts }) => texts.some((text) => pattern.test(text.replace(NOT_SOLD, ''))));
  }

  /** Whole words, with any blanks and punctuation between them. */
  #pattern(source: string | undefined, atom: string): RegExp {
    if (source === undefined) throw new Error(`foods.tsv has no food "${atom}"`);
    let pattern = this.#patterns.get(source);
    if (!pattern) {
      const spaced = source.replaceAll(' ', "[ .&/'-]+");
      pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${spaced})(?![\\p{L}\\p{N}])`, 'iu');
      this.#patterns.set(source, pattern);
    }
    return pattern;
  }
}
