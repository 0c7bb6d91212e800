import { type Param, SEARCH_PARAMS, SUGGEST_PARAMS } from '../params/parameters.ts';
import { FILE_NAMES } from '../routes/data.ts';

type Params = Record<string, Param>;

/** A table of parameters as OpenAPI says them. */
function queryParameters(table: Params) {
  return Object.entries(table).map(([name, param]) => {
    const { help, value, example, aliases = [] } = param;
    const also = aliases.length > 0 ? ` Also read as ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : '';
    return {
      name,
      in: 'query',
      description: help + also,
      required: false,
      schema: 'enum' in value ? { type: 'string', ...value } : value,
      // Lists are written with commas, values with a comma as in CSV; `a=1&a=2` is read too.
      ...(value.type === 'array' ? { style: 'form', explode: false } : {}),
      ...(example === '' ? {} : { example: typedExample(value, example) }),
    };
  });
}

/** An example as the value that it stands for. */
function typedExample(value: Param['value'], example: string): unknown {
  switch (value.type) {
    case 'number':
    case 'integer':
      return Number(example);
    case 'boolean':
      return example === 'true' || example === '1';
    case 'array':
      return example.split(',').map((part) => typedExample(value.items as Param['value'], part));
    default:
      return example;
  }
}

const inPath = (name: string, description: string, schema: object, example: string) => [
  { name, in: 'path', required: true, description, schema, example },
];

export const SEARCH_PARAMETERS = queryParameters(SEARCH_PARAMS);
export const SUGGEST_PARAMETERS = queryParameters(SUGGEST_PARAMS);
export const TRUCK_PARAMETERS = inPath('id', "A truck's `id` from `/search`.", { type: 'string' }, 'corner-tacos-1f3a');
export const FILE_PARAMETERS = [
  ...inPath('version', 'From `/data/current.json`.', { type: 'string' }, '2026-09-21-ab12cd34'),
  ...inPath('name', 'Which file.', { enum: FILE_NAMES }, 'places.geojson'),
];
