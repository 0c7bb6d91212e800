const PREFIX = 'pmtiles://';

/** The page's base layer. */
export type Tiles = {
  /** Images (`https://tile.example.org/{z}/{x}/{y}.png`), or a PMTiles archive ({@link archiveOf}). */
  readonly url: string;
  /** Shown on the map; plain text. */
  readonly attribution: string;
  readonly attributionUrl: string;
  /** Maximum zoom level of an image server; an archive contains its own. */
  readonly maxZoom: number;
};

/**
 * The URL of the PMTiles archive that a tile URL names: `pmtiles://https://maps.example/city.pmtiles` or, on the page's own origin,
 * `pmtiles:///basemap/city.pmtiles`. `null` for a template of image tiles (`{z}/{x}/{y}`).
 */
export function archiveOf(tileUrl: string): string | null {
  return tileUrl.startsWith(PREFIX) ? tileUrl.slice(PREFIX.length) : null;
}

/** Normalizes a tile URL: a URL that ends with `.pmtiles` names an archive, with or without the prefix. */
export function tileUrlOf(text: string): string {
  return !text.startsWith(PREFIX) && /\.pmtiles(\?\S*)?$/.test(text) ? PREFIX + text : text;
}
