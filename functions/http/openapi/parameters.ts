import { TRUCK_CALENDAR_PARAMS } from '../params/calendar-parameters.ts';
import { CITY_PARAMS } from '../params/city-parameter.ts';
import { type Param, SEARCH_PARAMS, SUGGEST_PARAMS } from '../params/parameters.ts';

/** A table of parameters as OpenAPI has it. */
function queryParameters(table: Record<string, Param>) {
  return Object.entries(table).map(([name, param]) => {
    const { help, schema, example, aliases = [] } = param;
    const also = aliases.length > 0 ? ` Also accepted as ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : '';
    return {
      name,
      in: 'query',
      description: help + also,
      required: false,
      schema: typed(schema),
      // Lists are separated by commas; `a=1&a=2` is accepted too.
      ...(schema.type === 'array' ? { style: 'form', explode: false } : {}),
      ...(example === '' ? {} : { example: typedExample(schema, example) }),
    };
  });
}

/** The schema with what generators of clients need: the type of an `enum`, which is of strings, and the size of a number. */
function typed(schema: Param['schema']): object {
  if ('enum' in schema) return { type: 'string', ...schema };
  if (schema.type === 'number') return { ...schema, format: 'double' };
  return schema.type === 'array' ? { ...schema, items: typed(schema.items as Param['schema']) } : schema;
}

/** An example's text as a value of its schema. */
function typedExample(schema: Param['schema'], example: string): unknown {
  switch (schema.type) {
    case 'number':
    case 'integer':
      return Number(example);
    case 'boolean':
      return example === 'true' || example === '1';
    case 'array':
      return example.split(',').map((part) => typedExample(schema.items as Param['schema'], part));
    default:
      return example;
  }
}

const pathParameter = (name: string, description: string, schema: object, example: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
  example,
});

export const SEARCH_PARAMETERS = queryParameters(SEARCH_PARAMS);
export const SUGGEST_PARAMETERS = queryParameters(SUGGEST_PARAMS);
/** For paths that have no other parameters. */
export const CITY_PARAMETERS = queryParameters(CITY_PARAMS);
const TRUCK_ID = pathParameter('id', "A truck's `id` from `/search`.", { type: 'string' }, 'corner-tacos-1f3a');
export const TRUCK_PARAMETERS = [TRUCK_ID, ...CITY_PARAMETERS];
export const TRUCK_CALENDAR_PARAMETERS = [TRUCK_ID, ...queryParameters(TRUCK_CALENDAR_PARAMS)];
export const FILE_PARAMETERS = [
  pathParameter('version', 'From `/data/current.json`.', { type: 'string' }, '2026-09-21-ab12cd34'),
  ...CITY_PARAMETERS,
];
