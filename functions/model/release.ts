import type { CityWording } from './city-wording.ts';
import type { Box, LatLon } from './geo.ts';
import type { CityVocabulary } from './text/vocabulary/language-vocabulary.ts';
import type { Vendor } from './vendor.ts';

/** The publisher of the data, its licence and the credit it requires. */
export type Attribution = {
  readonly text: string;
  readonly url: string;
  readonly license: string;
  readonly licenseUrl: string;
};

/** What the API and the page need to know about a city; the loader copies it into the release. */
export type CityFacts = {
  /** The value of `--city`: lower-case words with hyphens. */
  readonly id: string;
  readonly name: string;
  /** IANA time zone of its hours. */
  readonly zone: string;
  /** Coordinates outside are errors in the data. */
  readonly bounds: Box;
  readonly center: LatLon;
  /** Rough shoreline or border, as closed rings, for a map without tiles. */
  readonly outline: readonly (readonly LatLon[])[];
  /** Set if the outline is only a ring around the places. */
  readonly outlineIsHull?: true;
  readonly attribution: Attribution;
  /** Where the city takes reports about a vendor or about wrong data. */
  readonly reportUrl?: string;
  /** Groups of words and phrases that mean the same in this city: `['banh mi', 'vietnamese sandwich']`. */
  readonly synonyms: readonly (readonly string[])[];
  /** What the city adds to the vocabularies of the query parser. */
  readonly vocabulary?: CityVocabulary;
  /** What it lists; without it, vendors of street food with permits. */
  readonly wording?: CityWording;
  /** The page's languages that it offers, the default first; without it, all of them, and the browser's decides. */
  readonly languages?: readonly string[];
};

/** How many rows of a source were kept, and why others were dropped. */
export type SourceCounts = {
  /** `permits`, `schedule`, … */
  readonly name: string;
  readonly rowsIn: number;
  readonly kept: number;
  /** Reason to number of rows; `rowsIn = kept + the sum of dropped`. */
  readonly dropped: Readonly<Record<string, number>>;
};

/** Where and when a source was read. */
export type SourceReading = {
  readonly name: string;
  /** Path or URL, without credentials. */
  readonly from: string;
  /** RFC 3339 instant at which it was read, or last confirmed to be unchanged. */
  readonly fetchedAt: string;
};

/** When the newest of some sources was read, or last confirmed; empty without sources. */
export function lastReadAt(sources: readonly SourceReading[]): string {
  return (
    sources
      .map(({ fetchedAt }) => fetchedAt)
      .sort()
      .at(-1) ?? ''
  );
}

/** How the data was obtained: from given files, from the live source, from the cache, or from the built-in sample. */
export type DataOrigin = 'given' | 'live' | 'cached' | 'sample';

/** A city's data as the loader produced it, without {@link Provenance}: the same data yields the same bytes. Immutable. */
export type ReleaseContent = {
  /** Version of this shape; readers reject any other. */
  readonly format: typeof RELEASE_FORMAT;
  /** The data's own date, if it has one, and the first digits of the SHA-256 of {@link releaseText}. */
  readonly version: string;
  readonly city: CityFacts;
  readonly accounts: readonly SourceCounts[];
  readonly vendors: readonly Vendor[];
};

/** Where a release's content comes from. */
export type Provenance = {
  readonly origin: DataOrigin;
  /**
   * The data's own date, `YYYY-MM-DD`: the newest date in it, or the day on which it was last read if a city's tables have no dates.
   * It is not part of the content, because data without dates would then yield a new release every day.
   */
  readonly asOf: string;
  readonly sources: readonly SourceReading[];
};

export type Release = ReleaseContent & Provenance;

/** A release to be published. Its vendors need not be in memory: each iteration yields the same ones again. */
export type PublishableRelease = Omit<Release, 'vendors'> & {
  readonly vendors: Iterable<Vendor>;
  /** The number of branches, if it is known; otherwise they are counted. */
  readonly branches?: number;
};

export const RELEASE_FORMAT = 2;

/** Takes the place of the data's own date in a version. */
export const UNDATED = 'undated';

/** Whether the data has no date of its own, so that `asOf` is the day on which it was read. */
export function isUndated(version: string): boolean {
  return version.startsWith(`${UNDATED}-`);
}

/** The content as it is written and hashed: keys in a fixed order, without the version derived from it. */
export function releaseText({ format, city, accounts, vendors }: Omit<ReleaseContent, 'version'>): string {
  return JSON.stringify({ format, city, accounts, vendors });
}

/**
 * {@link releaseText} in parts, one for each vendor. A single string cannot be longer than 512 MB in V8 (2^29 - 24 characters, Node 20 to
 * 24): about 1,250,000 branches.
 */
export function* releaseParts({
  format,
  city,
  accounts,
  vendors,
}: Pick<PublishableRelease, 'format' | 'city' | 'accounts' | 'vendors'>): Generator<string> {
  const end = ']}';
  yield JSON.stringify({ format, city, accounts, vendors: [] }).slice(0, -end.length);
  let separator = '';
  for (const vendor of vendors) {
    yield separator + JSON.stringify(vendor);
    separator = ',';
  }
  yield end;
}
