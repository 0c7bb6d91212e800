import type { LatLon } from '../../functions/model/geo.ts';

/** A URL from the data as a link, or `null` unless it is http(s): `javascript:` and `data:` URLs must not become links. */
export function webLink(url: string): string | null {
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'https:' || protocol === 'http:' ? href : null;
  } catch {
    return null;
  }
}

/** The API's calendar of a vendor: of one of its places, or of all. */
export function calendarPath(vendor: string, place?: string): string {
  const query = place === undefined ? '' : `?place=${encodeURIComponent(place)}`;
  return `trucks/${encodeURIComponent(vendor)}.ics${query}`;
}

/** Links to directions in other map services and apps. */
export function directions({ lat, lon }: LatLon): {
  openStreetMap: string;
  google: string;
  apple: string;
  app: string;
} {
  const coordinates = `${lat},${lon}`;
  return {
    openStreetMap: `https://www.openstreetmap.org/directions?to=${encodeURIComponent(coordinates)}`,
    google: `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(coordinates)}`,
    apple: `https://maps.apple.com/?daddr=${encodeURIComponent(coordinates)}`,
    // RFC 5870; the `q` makes Android drop a pin instead of only moving there.
    app: `geo:${coordinates}?q=${coordinates}`,
  };
}
