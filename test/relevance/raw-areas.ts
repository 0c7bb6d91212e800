import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import type { LatLon } from '../../functions/model/geo.ts';

/** Returns a function that finds the neighbourhood of a place: the polygon whose edges a ray to the east crosses an odd number of times. */
export function areaFinder({ features }: FeatureCollection<Polygon | MultiPolygon, { name: string }>) {
  const areas = features.map(({ geometry, properties }) => ({
    name: properties.name,
    rings: geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat(),
  }));
  return ({ lat, lon }: LatLon): string => {
    const isInside = ({ rings }: (typeof areas)[number]) => {
      let crossings = 0;
      for (const ring of rings) {
        for (let at = 1; at < ring.length; at++) {
          const [[x1 = 0, y1 = 0] = [], [x2 = 0, y2 = 0] = []] = [ring[at - 1], ring[at]];
          if (y1 > lat !== y2 > lat && lon < x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1)) crossings++;
        }
      }
      return crossings % 2 === 1;
    };
    return areas.find(isInside)?.name ?? '';
  };
}
