import { existsSync, readFileSync } from 'node:fs';
import type { CityFacts } from '../model/release.ts';
import type { Tiles } from '../model/tile-url.ts';

/** A city in `cities.json`, which `npm run deploy` puts next to a function: what it has to know before it reads the city's data. */
export type ListedCity = Pick<CityFacts, 'id' | 'name' | 'bounds' | 'center'> & {
  /** What the city's file says: `null` for no tiles. Absent: nothing. */
  readonly tiles?: Tiles | null;
};

/** Reads the list. Returns an empty one if the file does not exist. @throws SyntaxError if the file is not JSON */
export function readCityList(path: string): readonly ListedCity[] {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : [];
}
