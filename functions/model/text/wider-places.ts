import type { Box } from '../geo.ts';
import type { SearchQuery } from '../query.ts';

/** A radius is doubled until it finds something, or is this long. */
const WIDEST_RADIUS_METRES = 50_000;
/** Doublings of a box, at most: a street becomes a city. */
const MOST_DOUBLINGS = 8;

/** The query in places of twice the size each, from small to large; each contains the previous one. None if the query has no place. */
export function* widerPlaces(query: SearchQuery): Generator<SearchQuery> {
  let { radiusMetres, box } = query;
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
    if (radiusMetres !== null && radiusMetres < WIDEST_RADIUS_METRES) {
      radiusMetres = Math.min(radiusMetres * 2, WIDEST_RADIUS_METRES);
    } else if (box === null) return;
    box = box && doubled(box);
    yield { ...query, radiusMetres, box };
  }
}

/** The box of twice the height and width around the same centre. */
function doubled({ west, south, east, north }: Box): Box {
  const width = (east - west + 360) % 360 || (east === west ? 0 : 360);
  const height = north - south;
  const wraps = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const [south2, north2] = [Math.max(-90, south - height / 2), Math.min(90, north + height / 2)];
  if (width * 2 >= 360) return { west: -180, south: south2, east: 180, north: north2 };
  return { west: wraps(west - width / 2), south: south2, east: wraps(east + width / 2), north: north2 };
}
