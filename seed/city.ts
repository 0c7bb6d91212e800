import type { CityFacts } from '../functions/model/release.ts';
import type { Tiles } from '../functions/model/tile-url.ts';
import type { DateOrder } from './record/dates.ts';
import type { TimeRange } from './record/time-range.ts';

/** Where one of a city's tables is published, and the names of its columns. */
export type SourceSpec = {
  /** Live URL, without paging parameters, or the path of a file. */
  readonly url: string;
  /** `socrata`: read in pages by `$limit`, `$offset` and `$order=:id`; `whole`: one request. Otherwise the address decides. */
  readonly paging: 'socrata' | 'whole' | undefined;
  /** Our name of a column to the publisher's names over the years (compared folded), best first. */
  readonly columns: Readonly<Record<string, readonly string[]>>;
  /** Our names of the required columns. */
  readonly required: readonly string[];
  /** Which rows count; the others are dropped and reported. */
  readonly filters: readonly RowFilter[];
  /** Published columns that are known but not needed, so not reported. A trailing `*` matches any ending. */
  readonly unread: readonly string[];
};

/** Keeps or drops the rows that have one of some values in a column. */
export type RowFilter = {
  /** Our name of the column. */
  readonly field: string;
  readonly action: 'keep' | 'drop';
  /** Folded ({@link foldValue}). */
  readonly values: ReadonlySet<string>;
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
  /** Our names of the columns that an id is made of; `id` alone is taken as it is. */
  readonly idFields: readonly string[];
  /** How to read `Garcia, Maria`: `auto` decides by the words whether it is a person's name. */
  readonly nameOrder: NameOrder;
  /** The order of numbers in dates such as `03/04/2025`; `null`: each column decides for itself. */
  readonly dateOrder: DateOrder | null;
};

export type NameOrder = 'auto' | 'last-first' | 'as-written';

/** Notations of a text about the hours, in the column `hours` of the permits. */
export const TEXT_NOTATIONS = ['permit-text', 'english', 'opening-hours'] as const;
/** All notations: texts, several columns, and a table of its own. */
export const HOURS_NOTATIONS = [...TEXT_NOTATIONS, 'weekday-columns', 'open-close-columns', 'schedule'] as const;

/** Whether hours are in the column `hours` of the permits. @param notation one of the loader's, or another one */
export function isTextNotation(notation: string): boolean {
  return (TEXT_NOTATIONS as readonly string[]).includes(notation);
}

/** Where hours are and how they are written. A schedule takes precedence over the text of a permit. */
export type HoursRules = {
  readonly notation: (typeof HOURS_NOTATIONS)[number];
  /** When a schedule's meals are, by their folded names ({@link foldValue}). */
  readonly meals: ReadonlyMap<string, TimeRange>;
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

/** Everything specific to one city, from its file (`city-file/`). Code outside `seed/cities` depends on no particular city. */
export type City = {
  readonly facts: CityFacts;
  readonly sources: CitySources;
  readonly permits: PermitRules;
  readonly hours: HoursRules;
  readonly food: FoodRules;
  /** Whether a ring around the places is drawn, because the city's file has no outline. */
  readonly drawsHull: boolean;
  /** Files with invented data in this city's format, by source: absolute paths, or names in `seed/sample`. `null`: none. */
  readonly sample: Readonly<Record<string, string>> | null;
  /** The base layer of its map; `null`: none. `undefined`: the file does not say. */
  readonly tiles?: Tiles | null | undefined;
};
