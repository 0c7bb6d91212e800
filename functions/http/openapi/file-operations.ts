import { RELEASE_FORMAT } from '../../model/release.ts';
import type { ReleaseFileName } from '../routes/data.ts';
import type { exampleResponses } from './examples.ts';
import { FILE_PARAMETERS } from './parameters.ts';
import { type Content, failures, NOT_MODIFIED, ref, SERVER_ERRORS, success, textContent } from './responses.ts';
import { placesSchema, releaseSchema, reportSchema } from './schemas/data.ts';

/** The files of a release. Each has a path of its own, because generated clients expect one type from an operation. */
export function fileOperations({ places, placesCsv, currentFiles: { version } }: ReturnType<typeof exampleResponses>) {
  return {
    ...fileOperation('places.geojson', 'placesGeojson', 'All places as GeoJSON', {
      'application/geo+json': { schema: ref(placesSchema), example: places },
    }),
    ...fileOperation('places.csv', 'placesCsv', 'All places as CSV', textContent('text/csv', placesCsv)),
    ...fileOperation('release.json', 'release', 'All data as it is stored', {
      'application/json': {
        schema: ref(releaseSchema),
        example: {
          format: RELEASE_FORMAT,
          city: { id: 'example', name: 'Example', zone: 'UTC' },
          accounts: [],
          vendors: [],
        },
      },
    }),
    ...fileOperation('list.html', 'releasePage', 'All vendors on a page', textContent('text/html', '<!doctype html>')),
    ...fileOperation(
      'quality.html',
      'qualityPage',
      "The loader's report on a page",
      textContent('text/html', '<!doctype html>'),
    ),
    ...fileOperation('quality.json', 'qualityReport', "The loader's report", {
      'application/json': { schema: ref(reportSchema), example: { version, warnings: [] } },
    }),
    ...fileOperation(
      'quality.txt',
      'qualityText',
      "The loader's report as text",
      textContent('text/plain', 'permits: 2 rows = 1 kept + 1 dropped'),
    ),
  };
}

function fileOperation(name: ReleaseFileName, operationId: string, summary: string, content: Content) {
  const operation = {
    operationId,
    tags: ['Data'],
    summary,
    description: 'A file of a release. It never changes, so it can be cached forever.',
    parameters: FILE_PARAMETERS,
    responses: {
      200: success('The file.', content),
      304: NOT_MODIFIED,
      ...failures(['invalid-parameters', 'not-found', ...SERVER_ERRORS]),
    },
  };
  return { [`/data/{version}/${name}`]: operation };
}
