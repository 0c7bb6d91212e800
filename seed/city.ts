import type { CityFacts } from '../functions/model/release.ts';

/** Where one of a city's tables is published, and the names of its columns. */
export type SourceSpec = {
  /** Live URL, without paging parameters. */
  readonly url: string;
  /** `socrata`: read in pages by `$limit`, `$offset` and `$order=:id`; `whole`: one request. */
  readonly paging: 'socrata' | 'whole';
  /** Our name of a column to the publisher's names over the years (compared folded), best first. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Our names of the required columns. */
  readonly required: readonly string[];
  /** Published columns that are known but not needed, so not reported. A trailing `*` matches any ending. */
  readonly unread: readonly string[];
};

/** The sources that a city can have, each with our names of its columns: a city's file must describe all of them. */
export const SOURCE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  permits: [
    ...['id', 'name', 'food', 'address', 'description', 'facility', 'status', 'permit', 'permitUrl', 'hours'],
    ...['approved', 'received', 'expires', 'lat', 'lon', 'point', 'pointText', 'area'],
  ],
  schedule: [
    ...['id', 'dayOrder', 'dayName', 'start', 'end', 'coldTruck', 'name', 'description', 'lat', 'lon', 'point'],
  ],
  areas: ['name', 'geometry'],
};

/** Every city has permits; `schedule` and `areas` are optional. */
export type CitySources = Readonly<Record<string, SourceSpec>> & { readonly permits: SourceSpec };

/** How to read the cells of a city's permits. */
export type PermitRules = {
  /** The city's word for a state, folded to lower case, to ours (`approved`, `requested`, `suspended`, …). */
  readonly statuses: Readonly<Record<string, string>>;
  /** The city's word for a kind of facility, folded to lower case, to ours (`truck`, `push_cart`). */
  readonly facilities: Readonly<Record<string, string>>;
  /** Vendor names of the city's test records. */
  readonly testNames: readonly RegExp[];
  /** Name for vendors without one, to which the row's id is added. `null`: such rows are dropped. */
  readonly unnamed: string | null;
};

/**
 * One kind of food with its words and phrases (at most four words). Stems are compared; a leading `=` requires the exact
 * form, where stems mislead (`greens` and `green` share one). The longest phrase wins.
 */
export type FoodCategory = {
  readonly slug: string;
  /** Whether it is a cuisine or a diet, to which a side dish does not belong. */
  readonly isCuisine: boolean;
  readonly words: readonly string[];
};

/** How to read a city's food texts. */
export type FoodRules = {
  /** Prefix of a text that means "pre-packed food and drinks". Anchored at the start. */
  readonly coldTruck: RegExp;
  /** The category of such a text. */
  readonly coldTruckCategory: string;
  /** The administration's remarks, anywhere in the text, even without a space before the next word. Global. */
  readonly remarks: readonly RegExp[];
  /** Parts of a text (between separators) that are remarks about the permit, not food. */
  readonly remarkParts: readonly RegExp[];
  /** Words that stay in capitals when the case of an all-capitals text is repaired: `BBQ`. */
  readonly acronyms: readonly string[];
  readonly categories: readonly FoodCategory[];
  /** Words and phrases for side dishes, snacks and drinks, in the form of a category's words. They do not make a cuisine. */
  readonly sides: readonly string[];
};

/** Everything specific to one city; code outside `seed/cities` depends on no particular city. */
export type City = {
  readonly facts: CityFacts;
  readonly sources: CitySources;
  readonly permits: PermitRules;
  readonly food: FoodRules;
  /** Files with invented data in this city's format, by source, in `seed/sample`; `null`: none. */
  readonly sample: Readonly<Record<string, string>> | null;
};
