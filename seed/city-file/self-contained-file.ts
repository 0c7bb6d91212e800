import type { City } from '../city.ts';
import { LoadError } from '../load-errors.ts';
import type { CityFile } from './city-schema.ts';
import { fault } from './file-faults.ts';
import { readCityJson } from './read-city-file.ts';

/**
 * A city's file that needs no other file: with its id, and with the outline in it. For where there is nothing next to it, as in a
 * Lambda function.
 * @throws LoadError with the faults of the file, or when a source is a file
 */
export function selfContainedFile(path: string): CityFile {
  const { file, city } = readCityJson(path);
  const faults = Object.entries(file.sources).flatMap(([name, source]) =>
    source && !/^https?:/i.test(source.url)
      ? [
          fault(
            ['sources', name, 'url'],
            'must be a web address, because the city is loaded on another machine',
            source.url,
          ),
        ]
      : [],
  );
  if (faults.length > 0) throw new LoadError(`the city's file ${path} needs other files:\n${faults.join('\n')}`);
  const { $schema: _schema, notes: _notes, sample: _sample, ...needed } = file;
  return { ...needed, id: city.facts.id, ...(typeof file.outline === 'string' ? { outline: geojsonOf(city) } : {}) };
}

/** Each ring as a polygon of its own: an outline is only drawn, so holes need no inside. */
function geojsonOf({ facts }: City) {
  const coordinates = facts.outline.map((ring) => [ring.map(({ lat, lon }) => [lon, lat])]);
  return { type: 'MultiPolygon', coordinates };
}
