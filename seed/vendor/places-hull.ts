import type { LatLon } from '../../functions/model/geo.ts';

/** How far the ring is outside of the outermost places, as a share of their distance from the middle. */
const MARGIN = 0.06;
/** Decimals of a degree: 11 m. */
const DECIMALS = 4;

/**
 * A closed ring around all places, a little outside of them: the outline of a city that has no other one. Clockwise, in degrees.
 * @param crossesMeridian whether the city is on both sides of the 180th meridian
 * @returns no ring if the places are on one line
 */
export function placesHull(places: readonly LatLon[], crossesMeridian = false): LatLon[][] {
  const points = places.map(({ lat, lon }): Point => [crossesMeridian && lon < 0 ? lon + 360 : lon, lat]);
  const hull = convexHull(points);
  if (hull.length < 3) return [];
  const [x, y] = middleOf(hull);
  const ring = hull.map(([lon, lat]): LatLon => {
    const east = lon + (lon - x) * MARGIN;
    return { lat: rounded(lat + (lat - y) * MARGIN), lon: rounded(east > 180 ? east - 360 : east) };
  });
  return [[...ring, ...ring.slice(0, 1)]];
}

type Point = readonly [x: number, y: number];

/** Andrew's monotone chain: the corners, clockwise from the westernmost; fewer than three if all points are on one line. */
function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort(([ax, ay], [bx, by]) => ax - bx || ay - by);
  const [upper, lower] = [chain(sorted), chain([...sorted].reverse())];
  const hull = [...upper.slice(0, -1), ...lower.slice(0, -1)];
  return new Set(hull.map(String)).size < 3 ? [] : hull;
}

/** One side of the hull: the points at which a walk along them turns right. */
function chain(points: readonly Point[]): Point[] {
  const side: Point[] = [];
  for (const point of points) {
    while (side.length > 1 && !turnsRight(side.at(-2) as Point, side.at(-1) as Point, point)) side.pop();
    side.push(point);
  }
  return side;
}

function turnsRight([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0;
}

function middleOf(points: readonly Point[]): Point {
  const sum = points.reduce(([sx, sy], [x, y]): Point => [sx + x, sy + y], [0, 0] as Point);
  return [sum[0] / points.length, sum[1] / points.length];
}

function rounded(degrees: number): number {
  return Number(degrees.toFixed(DECIMALS));
}
