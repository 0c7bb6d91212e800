import tzLookup from '@photostructure/tz-lookup';
import { type Box, distanceMetres, isOnEarth, type LatLon } from '../../functions/model/geo.ts';

/** Where a city's places are. */
export type CityExtent = {
  /** Contains all places except the outliers, with a margin; rounded outwards to hundredths of a degree (1.1 km). */
  readonly bounds: Box;
  readonly center: LatLon;
  /** Places that are too far from the others to be in the same city. */
  readonly outliers: readonly LatLon[];
  /** The IANA time zone of most places, and the part of the places that are in it, 0 to 1. */
  readonly zone: string;
  readonly zoneShare: number;
};

/** An outlier is this many times as far from the middle as three quarters of the places, and at least {@link MIN_OUTLIER_METRES}. */
const OUTLIER_FACTOR = 5;
const MIN_OUTLIER_METRES = 20_000;
/** Degrees, about 1 km: room for a new place at the edge. */
const MIN_MARGIN = 0.01;

/** @param places at least one */
export function cityExtent(places: readonly LatLon[]): CityExtent {
  const crosses = crossesDateLine(places);
  const eastward = (lon: number) => (crosses && lon < 0 ? lon + 360 : lon);
  const middle = { lat: median(places.map(({ lat }) => lat)), lon: median(places.map(({ lon }) => eastward(lon))) };
  const distances = places.map((place) => distanceMetres(place, middle));
  const limit = Math.max(MIN_OUTLIER_METRES, OUTLIER_FACTOR * quantile(distances, 0.75));
  const inside = places.filter((_, at) => (distances[at] ?? 0) <= limit);
  const lats = inside.map(({ lat }) => lat);
  const lons = inside.map(({ lon }) => eastward(lon));
  const [south, north] = withMargin(lats);
  const [west, east] = withMargin(lons);
  return {
    bounds: { west: westward(west), south: Math.max(-90, south), east: westward(east), north: Math.min(90, north) },
    center: { lat: round(middle.lat, 4), lon: round(westward(middle.lon), 4) },
    outliers: places.filter((_, at) => (distances[at] ?? 0) > limit),
    ...commonZone(inside),
  };
}

/** The time zone of a place on land or at sea (`Etc/GMT+5`). */
function zoneAt({ lat, lon }: LatLon): string {
  return isOnEarth({ lat, lon }) ? tzLookup(lat, lon) : '';
}

/** Whether a city can be there: not at sea and not in Antarctica. */
export function isInhabited(place: LatLon): boolean {
  return !/^(?:Etc\/|Antarctica\/|$)/.test(zoneAt(place));
}

function commonZone(places: readonly LatLon[]): { zone: string; zoneShare: number } {
  const counts = new Map<string, number>();
  for (const place of places) {
    const zone = zoneAt(place);
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  const [zone = '', count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return { zone, zoneShare: count / Math.max(1, places.length) };
}

/** Places on both sides of the 180th meridian, which are close to each other although their longitudes are not. */
function crossesDateLine(places: readonly LatLon[]): boolean {
  const near = places.filter(({ lon }) => Math.abs(lon) > 170);
  return near.length > places.length / 2 && near.some(({ lon }) => lon > 0) && near.some(({ lon }) => lon < 0);
}

function westward(lon: number): number {
  return lon > 180 ? round(lon - 360, 4) : lon;
}

function withMargin(values: readonly number[]): [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(MIN_MARGIN, 0.1 * (most - least));
  // Rounded to a tenth of a metre first, so that 37.770000000000005 does not become 37.78.
  return [Math.floor(round((least - margin) * 100, 4)) / 100, Math.ceil(round((most + margin) * 100, 4)) / 100];
}

function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(part * (sorted.length - 1))] ?? 0;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
