import type { City } from './city.ts';
import { builtInFiles } from './city-file/built-in-files.ts';
import { parseCityText, readCityFile } from './city-file/read-city-file.ts';
import { LoadError } from './load-errors.ts';

/** The JSON Schema of the cities' files, which is next to them. */
const SCHEMA = 'city.schema.json';

/** Cities that were read once. */
const built = new Map<string, City>();

/** The ids of the built-in cities: the names of their files in `seed/cities`. */
export function cityIds(): string[] {
  return Object.keys(builtInFiles())
    .filter((name) => name.endsWith('.json') && name !== SCHEMA)
    .map((name) => name.replace(/\.json$/, ''));
}

/** Whether a value of `--city` is the path of a city's file. Otherwise it is the id of a built-in city. */
function isCityPath(idOrPath: string): boolean {
  return /[/\\]|\.json$/i.test(idOrPath);
}

/** @throws LoadError naming the known cities, or the faults of the city's file */
export function findCity(idOrPath: string): City {
  if (isCityPath(idOrPath)) return readCityFile(idOrPath);
  const known = built.get(idOrPath);
  if (known) return known;
  const city = builtInCity(idOrPath);
  built.set(idOrPath, city);
  return city;
}

function builtInCity(id: string): City {
  const name = `${id}.json`;
  const files = builtInFiles();
  const text = Object.hasOwn(files, name) && name !== SCHEMA ? files[name] : undefined;
  if (text === undefined) {
    const known = cityIds().join(', ');
    throw new LoadError(
      `there is no city "${id.slice(0, 60)}": there are ${known}, and --city PATH reads a file such as ./my-city.json`,
    );
  }
  const readBeside = (path: string) => {
    const beside = files[path.replace(/^\.\//, '')];
    if (beside === undefined) throw new Error(`there is no file ${path} in seed/cities`);
    return beside;
  };
  return parseCityText(text, name, { readBeside, resolve: (path) => path });
}
