import type { City } from '../../seed/city.ts';
import { findCity } from '../../seed/find-city.ts';
import { type Config, ConfigError } from '../config/config.ts';
import { rootOf } from '../model/city-links.ts';

/** A city of this process. */
export type CityPlace = {
  readonly city: City;
  /** The path of its map page, with slashes at both ends. */
  readonly root: string;
};

export type CityPlaces = readonly [first: CityPlace, ...others: CityPlace[]];

/**
 * The cities that the settings name. The first keeps the paths, directories and alias that it has alone.
 * @param reserved the first segments of the app's own paths, which no city may have as its id
 * @throws ConfigError if two cities have the same id, or a city has a reserved one
 * @throws LoadError if a city does not exist, or its file is invalid
 */
export function placeCities(
  { cities, sources }: Pick<Config, 'cities' | 'sources'>,
  reserved: ReadonlySet<string>,
): CityPlaces {
  const [first, ...others] = cities.map(findCity) as [City, ...City[]];
  if (others.length > 0 && sources.size > 0) {
    throw new ConfigError(
      `--source and SOURCE_… need a single city, and there are ${cities.length}: put the addresses into the files of the cities`,
    );
  }
  assertDistinct([first, ...others], reserved);
  const place = (city: City, isFirst: boolean): CityPlace => ({ city, root: rootOf(city.facts.id, isFirst) });
  return [place(first, true), ...others.map((city) => place(city, false))];
}

function assertDistinct([first, ...others]: readonly [City, ...City[]], reserved: ReadonlySet<string>): void {
  const seen = new Set([first.facts.id]);
  for (const { facts } of others) {
    const { id } = facts;
    if (seen.has(id)) throw new ConfigError(`two of the cities have the id "${id}": each needs its own`);
    if (reserved.has(id)) {
      throw new ConfigError(
        `a city with the id "${id}" cannot be below /${id}/, which is a path of the app: name it first, or change its id`,
      );
    }
    seen.add(id);
  }
}
