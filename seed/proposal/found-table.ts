import { withoutSecrets } from '../source/url-secrets.ts';

/** Where a table is, and what its portal says about it. */
export type FoundTable = {
  /** What the link was, in words: "a Socrata data set". */
  readonly kind: string;
  /** Path or URL of the rows. */
  readonly from: string;
  /** The page for people, if there is one. */
  readonly page: string | null;
  readonly title: string | null;
  readonly publisher: string | null;
  readonly license: string | null;
  readonly licenseUrl: string | null;
};

/** What is known of a table from its path or URL alone. */
export function undescribedTable(from: string, kind: string): FoundTable {
  const page = /^https?:/i.test(from) ? withoutSecrets(from) : null;
  return { kind, from, page, title: null, publisher: null, license: null, licenseUrl: null };
}
