import { existsSync, readFileSync } from 'node:fs';
import type { CityFacts } from '../model/release.ts';
import { type Tiles, tileUrlOf } from '../model/tile-url.ts';

/** A city in `cities.json`, which `npm run deploy` puts next to a function: what it has to know before it reads the city's data. */
export type ListedCity = Pick<CityFacts, 'id' | 'name'> & {
  readonly bounds?: CityFacts['bounds'];
  readonly center?: CityFacts['center'];
  /** As in the city's file: `null` for no tiles. Absent: the file does not say. */
  readonly tiles?: (Pick<Tiles, 'url' | 'attribution'> & Partial<Tiles>) | null;
};

/** The cities of a list; none if there is no such file. @throws SyntaxError if it is no JSON */
export function readCityList(path: string): readonly ListedCity[] {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}

/** The tiles of a city, with the defaults of a city's file. */
export function listedTiles(city: ListedCity | undefined): Tiles | null | undefined {
  const tiles = city?.tiles;
  return tiles && { attributionUrl: '', maxZoom: 19, ...tiles, url: tileUrlOf(tiles.url) };
}
