import { type Box, EARTH_RADIUS_METRES, type LatLon } from '../../../model/geo.ts';
import type { SearchQuery } from '../../../model/query.ts';
import { appendCellRanges, type CellRanges, countInRanges, mergeCellRanges } from './cell-ranges.ts';

const RADIANS = Math.PI / 180;

/**
 * How far a chord of two vectors may be from the one that the model's own formula measures, as a part of the earth's radius: four times
 * what the rounding of their components and of the formula comes to. 64 nm on the ground.
 */
export const CHORD_SLACK = 1e-14;

/** A pad for edges of boxes around circles, degrees: 10 cm. */
const PAD = 1e-6;

/** The straight line between two places on the unit sphere that are so many metres apart along its surface. */
export function chordOf(metres: number): number {
  return 2 * Math.sin(Math.min(metres / (2 * EARTH_RADIUS_METRES), Math.PI / 2));
}

/** The square of a chord that is surely not shorter than that of these metres, and of one that is surely not longer. */
export function squareAbove(chord: number): number {
  return (chord + CHORD_SLACK) ** 2;
}
export function squareBelow(chord: number): number {
  return Math.max(0, chord - CHORD_SLACK) ** 2;
}

/** A place on the unit sphere. */
export function vectorOf({ lat, lon }: LatLon): [x: number, y: number, z: number] {
  const around = Math.cos(lat * RADIANS);
  return [around * Math.cos(lon * RADIANS), around * Math.sin(lon * RADIANS), Math.sin(lat * RADIANS)];
}

/** Where a query looks, as runs of branches that hold all that it can find; `null` when that is most of them. */
export function queryCellRanges(query: SearchQuery, codes: Uint32Array, bounds: Box): CellRanges | null {
  const { origin, radiusMetres, box } = query;
  const around = radiusMetres !== null && origin ? runsIn(boxesAround(origin, radiusMetres), codes, bounds) : null;
  const within = box ? runsIn(plainBoxes(box), codes, bounds) : null;
  const runs =
    around && within ? (countInRanges(around) < countInRanges(within) ? around : within) : (around ?? within);
  return runs && countInRanges(runs) * 2 < codes.length ? runs : null;
}

function runsIn(boxes: readonly Box[], codes: Uint32Array, bounds: Box): CellRanges {
  const runs: CellRanges = [];
  for (const box of boxes) appendCellRanges(runs, codes, bounds, box);
  return boxes.length > 1 ? mergeCellRanges(runs) : runs;
}

/** Boxes that together hold a circle, none across the date line; over a pole they go all around. */
function boxesAround({ lat, lon }: LatLon, radiusMetres: number): Box[] {
  const angle = radiusMetres / EARTH_RADIUS_METRES;
  const reach = angle / RADIANS + PAD;
  const [south, north] = [lat - reach, lat + reach];
  if (south <= -90 || north >= 90) return plainBoxes({ west: -180, south, east: 180, north });
  const wide = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(lat * RADIANS))) / RADIANS + PAD;
  const [west, east] = [lon - wide, lon + wide];
  return plainBoxes({ west: west < -180 ? west + 360 : west, south, east: east > 180 ? east - 360 : east, north });
}

/** A box as boxes that do not cross the date line, which is one meridian with two names. */
function plainBoxes({ west, south, east, north }: Box): Box[] {
  const parts =
    west <= east
      ? [{ west, east }]
      : [
          { west, east: 180 },
          { west: -180, east },
        ];
  if (parts.some((part) => part.west === -180 || part.east === 180)) {
    parts.push({ west: 180, east: 180 }, { west: -180, east: -180 });
  }
  return parts.map((part) => ({ ...part, south, north }));
}
