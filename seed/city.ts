import type { CityFacts } from '../functions/model/release.ts';

/** Where one of a city's tables is published, and what its columns are called. */
export type SourceSpec = {
  /** The live address, without paging parameters. */
  readonly url: string;
  /** `socrata`: read in pages by `$limit`, `$offset` and `$order=:id`; `whole`: one request. */
  readonly paging: 'socrata' | 'whole';
  /** Our name of a column to the names that the publisher has used over the years (compared folded), best first. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Our names of the columns without which the source is refused. */
  readonly required: readonly string[];
  /** Published columns that nothing here reads: known, so not reported. A trailing `*` stands for any ending. */
  readonly unread: readonly string[];
};

/** Every city has permits. `schedule` and `areas` are read when they are given; nothing fails without them. */
export type CitySources = Readonly<Record<string, SourceSpec>> & { readonly permits: SourceSpec };

/** How the cells of a city's permits are to be understood. */
export type PermitRules = {
  /** The city's word for a state, folded to lower case, to ours (`approved`, `requested`, `suspended`, …). */
  readonly statuses: Readonly<Record<string, string>>;
  /** The city's word for a kind of facility, folded to lower case, to ours (`truck`, `push_cart`). */
  readonly facilities: Readonly<Record<string, string>>;
  /** A vendor's name that matches is a record made for testing. */
  readonly testNames: readonly RegExp[];
  /** What a vendor without a name is called; its row's id is added. `null`: such rows are dropped. */
  readonly unnamed: string | null;
};

/**
 * One kind of food and the words and phrases (at most four words) that say so. Stems are compared; a leading `=` asks for
 * the very form, where stems would lie (`fries` and `fried` have the same one). Category words are matched longest first.
 */
export type FoodCategory = { readonly slug: string; readonly words: readonly string[] };

/** How a city's food texts are to be understood. */
export type FoodRules = {
  /** Opens a text and says "pre-packed food and drinks"; not a dish. Anchored at the start. */
  readonly coldTruck: RegExp;
  /** The category that such a text gets. */
  readonly coldTruckCategory: string;
  /** Remarks of the administration, wherever they stand in the text, even glued to a word. Global. */
  readonly remarks: readonly RegExp[];
  /** A part of a text (between separators) that matches is a remark about the permit, not food. */
  readonly remarkParts: readonly RegExp[];
  /** Words that stay in capitals when an all-capitals text is repaired: `BBQ`. */
  readonly acronyms: readonly string[];
  readonly categories: readonly FoodCategory[];
};

/** All that is particular to one city. Code outside `seed/cities` knows none of it. */
export type City = {
  readonly facts: CityFacts;
  readonly sources: CitySources;
  readonly permits: PermitRules;
  readonly food: FoodRules;
  /** Files of invented data in this city's own format, by source, in `seed/sample`; `null`: there are none. */
  readonly sample: Readonly<Record<string, string>> | null;
};
