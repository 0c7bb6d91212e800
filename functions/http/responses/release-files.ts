import type { Release } from '../../model/release.ts';
import type { Places } from '../openapi/schemas/data.ts';
import { placesCsv } from './csv.ts';
import { placeFeature } from './geojson.ts';
import { jsonParts } from './json-parts.ts';
import { allPlaces } from './places.ts';

/** All places of a release as a table. */
export function releasePlacesCsv({ vendors }: Release): Iterable<string> {
  return placesCsv(allPlaces(vendors));
}

/** All places of a release for maps. */
export function* placesGeojson({ vendors, city }: Release): Generator<string> {
  const places = { type: 'FeatureCollection', features: [], attribution: city.attribution } satisfies Places;
  yield* jsonParts(places, 'features', features());
  function* features() {
    for (const place of allPlaces(vendors)) yield JSON.stringify(placeFeature(place));
  }
}
