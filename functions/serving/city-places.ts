import type { City } from '../../seed/city.ts';
import { findCity } from '../../seed/find-city.ts';
import { aliasOf, type Config, ConfigError } from '../config/config.ts';
import { rootOf } from '../model/city-links.ts';

/** A city of this process. */
export type CityPlace = {
  readonly city: City;
  /** The path of its map page, with slashes at both ends. */
  readonly root: string;
  /** The alias of its release in a cluster. */
  readonly alias: string | null;
};

export type CityPlaces = readonly [first: CityPlace, ...others: CityPlace[]];

/**
 * The cities that the settings name. The first keeps the paths, directories and alias that it has alone.
 * @param reserved the first parts of the app's own paths @throws ConfigError @throws LoadError if there is no such city, or its file has faults
 */
export function placeCities(
  { cities, cluster, sources }: Pick<Config, 'cities' | 'cluster' | 'sources'>,
  reserved: ReadonlySet<string>,
): CityPlaces {
  const [first, ...others] = cities.map(findCity) as [City, ...City[]];
  if (others.length > 0 && sources.size > 0) {
    throw new ConfigError(
      `--source and SOURCE_… need a single city, and there are ${cities.length}: put the addresses into the files of the cities`,
    );
  }
  const place = (city: City): CityPlace => {
    const { id } = city.facts;
    const isFirst = city === first;
    return { city, root: rootOf(id, isFirst), alias: cluster && aliasOf(cluster.alias, id, isFirst) };
  };
  assertDistinct([first, ...others], reserved);
  return [place(first), ...others.map(place)];
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
