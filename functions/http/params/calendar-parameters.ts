import { matchingText } from '../../model/value-parsers.ts';
import { CITY_PARAMS } from './city-parameter.ts';
import type { Param } from './parameters.ts';

/** The parameters of `/trucks/{id}.ics`. */
export const TRUCK_CALENDAR_PARAMS = {
  place: {
    parse: matchingText({ longest: 100 }),
    schema: { type: 'string', maxLength: 100 },
    expects: 'at most 100 characters',
    help: 'The `id` of one of its branches, for a calendar of that place only. Without it, the calendar has all places.',
    example: '',
  },
  ...CITY_PARAMS,
} as const satisfies Record<string, Param>;
