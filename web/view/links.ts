import type { LatLon } from '../../functions/model/geo.ts';

/** A link of the data, when it leads to the web; anything else (`javascript:`, `data:`, nonsense) is `null`. */
export function webLink(url: string): string | null {
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}

/** Ways to get there, as other people's pages and apps take a place. */
export function directions({ lat, lon }: LatLon): {
  openStreetMap: string;
  google: string;
  apple: string;
  app: string;
} {
  const place = `${lat},${lon}`;
  return {
    openStreetMap: `https://www.openstreetmap.org/directions?to=${encodeURIComponent(place)}`,
    google: `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(place)}`,
    apple: `https://maps.apple.com/?daddr=${encodeURIComponent(place)}`,
    // RFC 5870; the `q` makes Android drop a pin instead of only moving there.
    app: `geo:${place}?q=${place}`,
  };
}
