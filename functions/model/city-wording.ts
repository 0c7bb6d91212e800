/** A noun's forms by the plural rules of its language (`Intl.PluralRules`); `other` takes the place of missing ones. */
export type NounForms = { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string };

/** What a city lists, if it is not street food with permits. */
export type CityWording = {
  /** The noun for one of the vendors, by language of the page. Other languages say "place". */
  readonly vendor: Readonly<Record<string, NounForms>>;
  /** Whether the data says what is sold. */
  readonly food: boolean;
  /** Whether the city gives permits. */
  readonly permits: boolean;
};

/** The words for a list in one language. */
export type ListWords = {
  readonly vendor: NounForms;
  readonly hasFood: boolean;
  readonly hasPermits: boolean;
  /** The city's file does not say what it lists. */
  readonly isStreetFood: boolean;
  /** The title of the whole list: `Drinking fountains in Vienna`. */
  readonly heading: string;
};

const VENDOR: NounForms = { one: 'vendor', other: 'vendors' };
const PLACE: NounForms = { one: 'place', other: 'places' };

/** The English words for a city's list, for pages without a choice of language. */
export function englishWords({ name, wording }: { name: string; wording?: CityWording }): ListWords {
  const vendor = wording ? (wording.vendor.en ?? PLACE) : VENDOR;
  return {
    vendor,
    hasFood: wording?.food ?? true,
    hasPermits: wording?.permits ?? true,
    isStreetFood: wording === undefined,
    heading: wording ? listHeading(name, capitalized(vendor.other), 'in') : `Street food in ${name}`,
  };
}

/** A title such as `Drinking fountains in Vienna`. A list that is called like what it lists has its name only. */
export function listHeading(city: string, vendors: string, joint: string): string {
  const [name, words] = [city, vendors].map((text) => text.toLowerCase());
  return name?.includes(words ?? '') ? city : `${vendors} ${joint} ${city}`;
}

/** A text with a capital letter at its beginning. */
export function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** A number of vendors in English: `1 drinking fountain`, `2 drinking fountains`. */
export function countOfVendors(n: number, { one, other }: NounForms): string {
  return `${n} ${n === 1 ? (one ?? other) : other}`;
}
