import type { Box, LatLon } from './geo.ts';
import type { Vendor } from './vendor.ts';

/** Who gives the data, on what terms, and how it wants to be named. */
export type Attribution = {
  readonly text: string;
  readonly url: string;
  readonly license: string;
  readonly licenseUrl: string;
};

/** What the API and the page need to know of a city; the loader copies it into the release. */
export type CityFacts = {
  /** As in `--city`: lower-case words with hyphens. */
  readonly id: string;
  readonly name: string;
  /** IANA zone in which its hours are meant. */
  readonly zone: string;
  /** Places outside are mistakes of the data. */
  readonly bounds: Box;
  readonly center: LatLon;
  /** Rough shoreline or border for a map without tiles: closed rings. */
  readonly outline: readonly (readonly LatLon[])[];
  readonly attribution: Attribution;
  /** Groups of words and phrases that mean one thing to the people of this city: `['banh mi', 'vietnamese sandwich']`. */
  readonly synonyms: readonly (readonly string[])[];
};

/** What became of one source's rows. */
export type SourceCounts = {
  /** `permits`, `schedule`, … */
  readonly name: string;
  readonly rowsIn: number;
  readonly kept: number;
  /** Reason to number of rows; `rowsIn = kept + the sum of dropped`. */
  readonly dropped: Readonly<Record<string, number>>;
};

/** Where one source was read, and when. */
export type SourceReading = {
  readonly name: string;
  /** Path or URL, without credentials. */
  readonly from: string;
  /** RFC 3339 instant at which it was read or last confirmed to be unchanged. */
  readonly fetchedAt: string;
};

/** How the data came to be here. */
export type DataOrigin = 'given' | 'live' | 'cached' | 'sample';

/**
 * What one loading of a city's data made, without when and from where: the same data gives the same bytes. Never
 * changed afterwards.
 */
export type ReleaseContent = {
  /** Version of this shape; a reader refuses another one. */
  readonly format: typeof RELEASE_FORMAT;
  /** The data's own date, where it has one, and the first digits of the SHA-256 of {@link releaseText}. */
  readonly version: string;
  readonly city: CityFacts;
  readonly accounts: readonly SourceCounts[];
  readonly vendors: readonly Vendor[];
};

/** Where a release's content comes from. */
export type Provenance = {
  readonly origin: DataOrigin;
  /**
   * The data's own date, `YYYY-MM-DD`: the newest date that occurs in it; of a city whose tables have no dates, the day on which
   * it was last read. So it stands here: data without dates is not new every day.
   */
  readonly asOf: string;
  readonly sources: readonly SourceReading[];
};

export type Release = ReleaseContent & Provenance;

export const RELEASE_FORMAT = 1;

/** The content as it is written and hashed: the keys in one order, without the version that names it. */
export function releaseText({ format, city, accounts, vendors }: Omit<ReleaseContent, 'version'>): string {
  return JSON.stringify({ format, city, accounts, vendors });
}
