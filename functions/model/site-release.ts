import type { Provenance } from './release.ts';

/** What `data/current.json` of a site without a server says for the page's own API. */
export type SiteRelease = {
  readonly version: string;
  /** Its index file, packed and gzipped, relative to `current.json`. */
  readonly index: string;
  readonly provenance: Provenance;
  /** A newer release is looked for at the first request after this long. */
  readonly checkSeconds: number;
  /** The base layer of `/meta`. */
  readonly tiles: {
    readonly url: string;
    readonly attribution: string;
    readonly attributionUrl: string;
    readonly maxZoom: number;
  } | null;
};
