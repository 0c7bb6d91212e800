const PREFIX = 'pmtiles://';

/**
 * Where the PMTiles archive is that a tile URL names: `pmtiles://https://maps.example/city.pmtiles` or, of the page's own
 * origin, `pmtiles:///basemap/city.pmtiles`. `null`: the URL is of pictures by `{z}/{x}/{y}`.
 */
export function archiveOf(tileUrl: string): string | null {
  return tileUrl.startsWith(PREFIX) ? tileUrl.slice(PREFIX.length) : null;
}

/** A tile URL in its one form: what ends with `.pmtiles` is an archive, with or without the prefix. */
export function tileUrlOf(text: string): string {
  return !text.startsWith(PREFIX) && /\.pmtiles(\?\S*)?$/.test(text) ? PREFIX + text : text;
}
