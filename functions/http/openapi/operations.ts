import * as z from 'zod/mini';
import { exampleResponses } from './examples.ts';
import { fileOperations } from './file-operations.ts';
import { pageOperations } from './page-operations.ts';
import {
  CITY_PARAMETERS,
  SEARCH_PARAMETERS,
  SUGGEST_PARAMETERS,
  TRUCK_CALENDAR_PARAMETERS,
  TRUCK_PARAMETERS,
} from './parameters.ts';
import { type Content, failures, NOT_MODIFIED, ref, SERVER_ERRORS, success, textContent } from './responses.ts';
import { citiesSchema } from './schemas/city-entry.ts';
import { currentFilesSchema } from './schemas/data.ts';
import { geojsonSchema } from './schemas/geojson.ts';
import { debugSchema, healthSchema, readySchema } from './schemas/health.ts';
import { metaSchema } from './schemas/meta.ts';
import { component } from './schemas/registry.ts';
import { searchSchema } from './schemas/search.ts';
import { suggestSchema } from './schemas/suggest.ts';
import { truckSchema } from './schemas/truck.ts';
import { truckDetailsSchema } from './schemas/truck-details.ts';

const { id, name, ...others } = truckSchema.shape;
const truckOfFieldsSchema = component(
  'TruckOfFields',
  'A vendor with only the keys in `fields`, and always `id` and `name`.',
  z.object({ id, name, ...z.partial(z.object(others)).shape }),
);
const searchOfFieldsSchema = component(
  'SearchAnswerOfFields',
  'The result of a search with `fields`.',
  z.object({ ...searchSchema.shape, trucks: z.array(truckOfFieldsSchema) }),
);

/** Every path with its GET. */
export function operations() {
  const example = exampleResponses();
  const json = (schema: z.ZodMiniType, value: unknown): Content => ({
    'application/json': { schema: ref(schema), example: value },
  });
  const calendar = textContent('text/calendar', example.ics);
  return {
    '/search': {
      ...operation(
        'search',
        'Finding',
        'Find vendors',
        'By words, location, time and more. At least one parameter must select something.',
      ),
      parameters: SEARCH_PARAMETERS,
      responses: {
        200: success(
          'The result in the requested format.',
          {
            'application/json': {
              schema: { anyOf: [ref(searchSchema), ref(searchOfFieldsSchema)] },
              example: example.search,
            },
            'application/geo+json': { schema: ref(geojsonSchema), example: example.geojson },
            ...textContent('text/csv', example.csv),
            ...calendar,
          },
          ['Link', 'ServerTiming', 'ContentDisposition'],
        ),
        304: NOT_MODIFIED,
        ...failures(
          [
            'invalid-parameters',
            'url-too-long',
            'query-missing',
            'gone',
            'too-large',
            'rate-limited',
            ...SERVER_ERRORS,
          ],
          true,
        ),
      },
    },
    '/suggest': {
      ...operation('suggest', 'Finding', 'Complete a text', 'Suggests foods, vendors and areas while a user types.'),
      parameters: SUGGEST_PARAMETERS,
      responses: {
        200: success('At most eight suggestions.', json(suggestSchema, example.suggest)),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', ...SERVER_ERRORS]),
      },
    },
    '/trucks/{id}': {
      ...operation('truck', 'Finding', 'One vendor', 'With all of its branches, whatever the status of their permits.'),
      parameters: TRUCK_PARAMETERS,
      responses: {
        200: success('The vendor.', json(truckDetailsSchema, example.truck)),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', 'not-found', 'gone', 'too-large', ...SERVER_ERRORS]),
      },
    },
    '/trucks/{id}.ics': {
      ...operation(
        'truckCalendar',
        'Finding',
        "One vendor's calendar",
        'Its permitted hours, repeated weekly until the permit ends. RFC 5545, for calendar subscriptions.',
      ),
      parameters: TRUCK_CALENDAR_PARAMETERS,
      responses: {
        200: success('The calendar.', calendar, ['ContentDisposition']),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', 'not-found', 'gone', 'too-large', ...SERVER_ERRORS]),
      },
    },
    '/meta': {
      ...operation('meta', 'Data', 'The city and the data', 'Licence, counts, and what a page needs to draw the map.'),
      parameters: CITY_PARAMETERS,
      responses: {
        200: success('The metadata.', json(metaSchema, example.meta)),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', ...SERVER_ERRORS]),
      },
    },
    '/cities': {
      ...operation(
        'cities',
        'Data',
        'The cities',
        'All cities of this deployment, with the address of each one\u2019s map page. The first is the default.',
      ),
      responses: {
        200: success('The cities.', json(citiesSchema, example.cities)),
        304: NOT_MODIFIED,
        ...failures(SERVER_ERRORS),
      },
    },
    '/data/current.json': {
      ...operation('currentFiles', 'Data', 'The current release', 'Lists the files of the data that is being served.'),
      parameters: CITY_PARAMETERS,
      responses: {
        200: success('The files.', json(currentFilesSchema, example.currentFiles)),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', 'not-found', ...SERVER_ERRORS]),
      },
    },
    ...pageOperations(),
    ...fileOperations(example),
    '/openapi.json': {
      ...operation('openapi', 'Service', 'This document', 'OpenAPI 3.1.'),
      responses: {
        200: success('The document.', {
          'application/json': { schema: { type: 'object' }, example: { openapi: '3.1.0' } },
        }),
        304: NOT_MODIFIED,
        ...failures(['internal']),
      },
    },
    '/docs': {
      ...operation('docs', 'Service', 'This document as a page', 'With examples of each request.'),
      responses: {
        200: success('The page.', textContent('text/html', '<!doctype html>')),
        304: NOT_MODIFIED,
        ...failures(['internal']),
      },
    },
    '/healthz': {
      ...operation(
        'health',
        'Service',
        'Whether the process runs',
        'With the state of its engine and the age of its data. It is a 200 even if the engine is down: /readyz says whether requests can be answered.',
      ),
      responses: {
        200: success('It runs.', json(healthSchema, example.health)),
        304: NOT_MODIFIED,
        ...failures(['internal']),
      },
    },
    '/readyz': {
      ...operation(
        'ready',
        'Service',
        'Whether requests can be answered',
        'The engine answers, and has data. For load balancers.',
      ),
      responses: {
        200: success('It has.', json(readySchema, example.ready)),
        304: NOT_MODIFIED,
        ...failures([...SERVER_ERRORS, 'draining']),
      },
    },
    '/debug': {
      ...operation('debug', 'Service', "The original app's status", 'For clients of the original app.'),
      parameters: CITY_PARAMETERS,
      responses: {
        200: success('The status.', json(debugSchema, example.debug)),
        304: NOT_MODIFIED,
        ...failures(['invalid-parameters', ...SERVER_ERRORS]),
      },
    },
  };
}

function operation(operationId: string, tag: string, summary: string, description: string) {
  return { operationId, tags: [tag], summary, description };
}
