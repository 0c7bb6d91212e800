import { sanFrancisco } from './cities/san-francisco.ts';
import { vancouver } from './cities/vancouver.ts';
import type { City } from './city.ts';
import { checkCity } from './city-check.ts';
import { LoadError } from './load-errors.ts';

/** The cities by id, as in `--city`. */
export const CITIES: ReadonlyMap<string, City> = new Map(
  [sanFrancisco, vancouver].map((city) => [city.facts.id, city]),
);

/** @throws LoadError naming the known cities, or the faults of the city's file. */
export function findCity(id: string): City {
  const city = CITIES.get(id);
  if (!city) throw new LoadError(`there is no city "${id.slice(0, 60)}": there are ${[...CITIES.keys()].join(', ')}`);
  checkCity(city);
  return city;
}
