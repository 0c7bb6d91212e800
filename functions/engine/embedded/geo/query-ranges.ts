import { type Box, EARTH_RADIUS_METRES, type LatLon } from '../../../model/geo.ts';
import type { SearchQuery } from '../../../model/query.ts';
import { appendCellRanges, type CellRanges, countInRanges, mergeCellRanges } from './cell-ranges.ts';

const RADIANS = Math.PI / 180;

/** Margin added to the edges of a box around a circle, in degrees: 10 cm. */
const MARGIN = 1e-6;

/**
 * The cell ranges that contain every branch within the query's radius and box. `null` when they cover at least half of all branches, or
 * the query has neither.
 */
export function queryCellRanges(query: SearchQuery, mortonCodes: Uint32Array, bounds: Box): CellRanges | null {
  const { origin, radiusMetres, box } = query;
  const circle = radiusMetres !== null && origin ? boxesAround(origin, radiusMetres) : null;
  const ofCircle = circle && rangesOf(circle, mortonCodes, bounds);
  const ofBox = box ? rangesOf(splitAtDateLine(box), mortonCodes, bounds) : null;
  const ranges =
    ofCircle && ofBox ? (countInRanges(ofCircle) < countInRanges(ofBox) ? ofCircle : ofBox) : (ofCircle ?? ofBox);
  return ranges && countInRanges(ranges) * 2 < mortonCodes.length ? ranges : null;
}

function rangesOf(boxes: readonly Box[], mortonCodes: Uint32Array, bounds: Box): CellRanges {
  const ranges: CellRanges = [];
  for (const box of boxes) appendCellRanges(ranges, mortonCodes, bounds, box);
  return boxes.length > 1 ? mergeCellRanges(ranges) : ranges;
}

/** Boxes that together contain a circle. None crosses the date line; a circle that contains a pole reaches all the way around. */
function boxesAround({ lat, lon }: LatLon, radiusMetres: number): Box[] {
  const angle = radiusMetres / EARTH_RADIUS_METRES;
  const halfHeight = angle / RADIANS + MARGIN;
  const [south, north] = [lat - halfHeight, lat + halfHeight];
  if (south <= -90 || north >= 90) return splitAtDateLine({ west: -180, south, east: 180, north });
  const halfWidth = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(lat * RADIANS))) / RADIANS + MARGIN;
  const [west, east] = [lon - halfWidth, lon + halfWidth];
  return splitAtDateLine({ west: west < -180 ? west + 360 : west, south, east: east > 180 ? east - 360 : east, north });
}

/** A box as boxes that do not cross the date line. A box that touches it includes the meridian under both names, 180 and -180. */
function splitAtDateLine({ west, south, east, north }: Box): Box[] {
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
