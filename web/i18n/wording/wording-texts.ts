import type { Messages } from '../languages/en.ts';
import type { LocaleFormats, PluralForms } from '../locale-formats.ts';

/** What a city lists, for the texts of one language. */
export type ListedThings = {
  /** A number of them: `2 drinking fountains`. */
  readonly count: (n: number) => string;
  /** The plural without a number, as in a sentence: `drinking fountains`. */
  readonly plural: string;
  readonly singular: string;
  /** They are called places, so that a number of places next to them says nothing. */
  readonly arePlaces: boolean;
  readonly hasFood: boolean;
  readonly hasPermits: boolean;
};

/**
 * The texts of one language that speak of vendors, food or permits, for a city that lists something else. Nothing in them depends on the
 * gender or case of its noun. An empty text hides what it would be on.
 */
export type WordingTexts = {
  /** The noun of a city that has none in this language. */
  readonly place: PluralForms;
  readonly texts: (formats: LocaleFormats, messages: Messages, things: ListedThings) => Partial<Messages>;
};
