import type { CityFacts } from './release.ts';

/** A city of the same deployment, as its pages link to it. */
export type CityLink = {
  readonly id: string;
  readonly name: string;
  /** The address of its map page, relative to the map page that has the link: `./`, `../` or `../springfield/`. */
  readonly page: string;
};

/** A city of a deployment, and the path of its map page, with slashes at both ends. */
export type PlacedCity = { readonly facts: Pick<CityFacts, 'id' | 'name'>; readonly root: string };

/** The path of the map page of a city: the first of a deployment is at the root. */
export function rootOf(id: string, isFirst: boolean): string {
  return isFirst ? '/' : `/${id}/`;
}

/** The links from one city's map page to those of all cities, which are at the root or one level below it. */
export function cityLinks(cities: readonly PlacedCity[], from: string): CityLink[] {
  return cities.map(({ facts: { id, name }, root }) => ({ id, name, page: relativePage(from, root) }));
}

function relativePage(from: string, to: string): string {
  if (from === to) return './';
  return from === '/' ? to.slice(1) : `..${to}`;
}
