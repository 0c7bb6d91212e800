import { matchingText } from '../../model/value-parsers.ts';

/** Of every path that is about one city's data. Whether there is such a city is checked before (`assert-city.ts`). */
export const CITY_PARAMS = {
  city: {
    parse: matchingText({ longest: 60 }),
    schema: { type: 'string', maxLength: 60 },
    expects: 'the id of a city of this deployment',
    help: 'The `id` of one of the cities in `/cities`. Default: the first one.',
    example: '',
  },
} as const;
