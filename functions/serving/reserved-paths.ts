import { createApp } from '../http/app.ts';
import { firstPart } from '../http/params/assert-city.ts';
import { BASEMAP_FOLDER } from '../node/page-files.ts';
import { cityWithoutData } from './city-without-data.ts';

/**
 * The first parts of all paths that the app and the page have, which no city can have as its own.
 * @param pageFiles the names in the directory of the built page
 */
export function reservedPaths(pageFiles: readonly string[]): Set<string> {
  const { engine, files } = cityWithoutData({ id: '', name: '' }, () => undefined);
  const { routes } = createApp({ engine, files, tiles: null, log: () => {} });
  return new Set([...routes.map(({ path }) => firstPart(path)), ...pageFiles, BASEMAP_FOLDER]);
}
