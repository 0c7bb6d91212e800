import * as z from 'zod/mini';
import { exampleResponses } from './examples.ts';
import { FILE_PARAMETERS, SEARCH_PARAMETERS, SUGGEST_PARAMETERS, TRUCK_PARAMETERS } from './parameters.ts';
import { type Content, failures, NOT_MODIFIED, ref, success } from './responses.ts';
import { currentFilesSchema, placesSchema, releaseSchema, reportSchema } from './schemas/data.ts';
import { geojsonSchema } from './schemas/geojson.ts';
import { debugSchema, healthSchema, readySchema } from './schemas/health.ts';
import { metaSchema } from './schemas/meta.ts';
import { searchSchema } from './schemas/search.ts';
import { suggestSchema } from './schemas/suggest.ts';
import { truckSchema } from './schemas/truck.ts';
import { truckPageSchema } from './schemas/truck-page.ts';
import { named } from './schemas/wire.ts';

const { id, name, ...others } = truckSchema.shape;
const truckOfFields = named(
  'TruckOfFields',
  'A vendor with only the keys that `fields` names; `id` and `name` always.',
  z.object({ id, name, ...z.partial(z.object(others)).shape }),
);
const searchOfFieldsSchema = named(
  'SearchAnswerOfFields',
  'A search with `fields`.',
  z.object({ ...searchSchema.shape, trucks: z.array(truckOfFields) }),
);

const UNWELL = ['internal', 'engine-unavailable'] as const;

/** Every path with its GET. */
export function operations() {
  const example = exampleResponses();
  const json = (schema: z.ZodMiniType, value: unknown): Content => ({
    'application/json': { schema: ref(schema), example: value },
  });
  const text = (type: string, value: string): Content => ({ [type]: { schema: { type: 'string' }, example: value } });
  const calendar = text('text/calendar', example.ics);
  return {
    '/search': {
      ...described(
        'search',
        'Finding',
        'Find vendors',
        'By words, place, time and more; see the parameters. At least one of them must ask for something.',
      ),
      parameters: SEARCH_PARAMETERS,
      responses: {
        200: success(
          'What was found, in the format that was asked for.',
          {
            'application/json': {
              schema: { anyOf: [ref(searchSchema), ref(searchOfFieldsSchema)] },
              example: example.search,
            },
            'application/geo+json': { schema: ref(geojsonSchema), example: example.geojson },
            ...text('text/csv', example.csv),
            ...calendar,
          },
          ['Link', 'ServerTiming', 'ContentDisposition'],
        ),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', 'query-missing', 'gone', 'too-large', ...UNWELL], true),
      },
    },
    '/suggest': {
      ...described(
        'suggest',
        'Finding',
        'What a text may become',
        'Foods, vendors and areas for somebody who is typing.',
      ),
      parameters: SUGGEST_PARAMETERS,
      responses: {
        200: success('At most eight rows.', json(suggestSchema, example.suggest)),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', ...UNWELL]),
      },
    },
    '/trucks/{id}': {
      ...described('truck', 'Finding', 'One vendor', 'With all of its branches, whatever the state of their permits.'),
      parameters: TRUCK_PARAMETERS,
      responses: {
        200: success('The vendor.', json(truckPageSchema, example.truck)),
        304: NOT_MODIFIED,
        ...failures(['not-found', 'too-large', ...UNWELL]),
      },
    },
    '/trucks/{id}.ics': {
      ...described(
        'truckCalendar',
        'Finding',
        "One vendor's calendar",
        'Its permitted hours, weekly until its permit ends; RFC 5545, to subscribe to.',
      ),
      parameters: TRUCK_PARAMETERS,
      responses: {
        200: success('The calendar.', calendar, ['ContentDisposition']),
        304: NOT_MODIFIED,
        ...failures(['not-found', 'too-large', ...UNWELL]),
      },
    },
    '/meta': {
      ...described(
        'meta',
        'Data',
        'Which city and which data',
        'With licence, counts, and what a page needs to draw the map.',
      ),
      responses: {
        200: success('What is known of the data.', json(metaSchema, example.meta)),
        304: NOT_MODIFIED,
        ...failures(UNWELL),
      },
    },
    '/data/current.json': {
      ...described('currentFiles', 'Data', 'The current release', 'Names the files of the data that is answered from.'),
      responses: {
        200: success('Its files.', json(currentFilesSchema, example.currentFiles)),
        304: NOT_MODIFIED,
        ...failures(['not-found', ...UNWELL]),
      },
    },
    '/data/list.html': {
      ...described(
        'listPage',
        'Data',
        'The current release for a person',
        'One plain page without scripts, to read and to print.',
      ),
      responses: {
        200: success('A page.', text('text/html', '<!doctype html>')),
        304: NOT_MODIFIED,
        ...failures(['not-found', ...UNWELL]),
      },
    },
    '/data/{version}/{name}': {
      ...described(
        'releaseFile',
        'Data',
        'A file of a release',
        'The whole data. It never changes: keep it as long as you like.',
      ),
      parameters: FILE_PARAMETERS,
      responses: {
        200: success('The file.', {
          'application/geo+json': { schema: ref(placesSchema), example: example.places },
          ...text('text/csv', example.placesCsv),
          'application/json': {
            schema: { anyOf: [ref(releaseSchema), ref(reportSchema)] },
            example: { version: example.currentFiles.version, warnings: [] },
          },
          ...text('text/html', '<!doctype html>'),
          ...text('text/plain', 'permits: 2 rows = 1 kept + 1 dropped'),
        }),
        304: NOT_MODIFIED,
        ...failures(['not-found', ...UNWELL]),
      },
    },
    '/openapi.json': {
      ...described('openapi', 'Service', 'This document', 'OpenAPI 3.1.'),
      responses: {
        200: success('The document.', {
          'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.0' } },
        }),
        304: NOT_MODIFIED,
        ...failures(['internal']),
      },
    },
    '/docs': {
      ...described('docs', 'Service', 'This document for a person', 'With a form to try each request.'),
      responses: {
        200: success('A page.', text('text/html', '<!doctype html>')),
        304: NOT_MODIFIED,
        ...failures(['internal']),
      },
    },
    '/healthz': {
      ...described('health', 'Service', 'Whether the process runs', 'It asks nothing of the engine.'),
      responses: {
        200: success('It does.', json(healthSchema, example.health)),
        304: NOT_MODIFIED,
        ...failures(['internal']),
      },
    },
    '/readyz': {
      ...described('ready', 'Service', 'Whether there is data to answer with', 'For whoever sends requests here.'),
      responses: {
        200: success('There is.', json(readySchema, example.ready)),
        304: NOT_MODIFIED,
        ...failures(UNWELL),
      },
    },
    '/debug': {
      ...described('debug', 'Service', "The original app's status", 'For its clients.'),
      responses: {
        200: success('What is served.', json(debugSchema, example.debug)),
        304: NOT_MODIFIED,
        ...failures(UNWELL),
      },
    },
  };
}

function described(operationId: string, tag: string, summary: string, description: string) {
  return { operationId, tags: [tag], summary, description };
}
