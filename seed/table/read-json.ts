import { amount } from '../amount.ts';
import { SourceError } from '../load-errors.ts';
import { MAX_ROWS, tooManyRows } from './bytes.ts';
import { checkJson } from './json-check.ts';
import type { Records } from './table.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads Socrata's JSON (a list of objects; the list may be an object's only member), its `rows.json`, or a GeoJSON FeatureCollection.
 * @throws SourceError naming the line and column of a syntax error, or the record that is not one.
 */
export function readJson(text: Buffer, from: string): Records {
  checkJson(text, from);
  const value: unknown = JSON.parse(text.toString('utf8'));
  if (Array.isArray(value)) return readObjects(value, from);
  if (!isObject(value)) throw notTable(from, 'one JSON value');
  if (value.type === 'FeatureCollection' && Array.isArray(value.features)) return readFeatures(value.features, from);
  const names = viewColumns(value);
  if (names && Array.isArray(value.data)) return readArrays(names, value.data, from);
  const message = publisherError(value);
  if (message) {
    throw new SourceError(
      from,
      `the publisher answered with an error instead of data ("${message}"): check the address`,
    );
  }
  const members = Object.keys(value);
  const only = members.length === 1 ? value[members[0] ?? ''] : undefined;
  if (Array.isArray(only) && only.length > 0) return readObjects(only, from);
  const shown = members.slice(0, 6).join(', ');
  throw notTable(from, `a JSON object (${shown}${members.length > 6 ? ', …' : ''})`);
}

function readObjects(items: readonly unknown[], from: string): Records {
  if (items.length > MAX_ROWS) throw tooManyRows(from);
  const indexes = new Map<string, number>();
  const records = items.map((item, i) => {
    if (!isObject(item)) throw notRecord(from, i, item);
    const values: unknown[] = [];
    for (const [name, value] of Object.entries(item)) {
      let index = indexes.get(name);
      if (index === undefined) {
        index = indexes.size;
        indexes.set(name, index);
      }
      values[index] = value;
    }
    return { line: i + 1, values };
  });
  return { shape: 'json', columns: [...indexes.keys()], records };
}

/** Column names of `rows.json`: from `meta.view.columns`; each row is an array in that order, system columns included. */
function viewColumns(value: JsonObject): string[] | undefined {
  const meta = value.meta;
  const view = isObject(meta) ? meta.view : undefined;
  const columns = isObject(view) ? view.columns : undefined;
  if (!Array.isArray(columns)) return undefined;
  return columns.map((column: unknown) => String(isObject(column) ? (column.fieldName ?? column.name ?? '') : ''));
}

function readArrays(columns: readonly string[], data: readonly unknown[], from: string): Records {
  if (data.length > MAX_ROWS) throw tooManyRows(from);
  const records = data.map((values, i) => {
    if (!Array.isArray(values)) throw notRecord(from, i, values);
    if (values.length !== columns.length) {
      const fault = `record ${i + 1} has ${amount(values.length, 'value')} where meta.view.columns has ${amount(columns.length, 'name')}`;
      throw new SourceError(from, `${fault}: fetch it again`);
    }
    return { line: i + 1, values };
  });
  return { shape: 'rows.json', columns, records };
}

function readFeatures(features: readonly unknown[], from: string): Records {
  const flat = features.map((feature, i): JsonObject => {
    if (!isObject(feature) || feature.type !== 'Feature') throw notRecord(from, i, feature);
    const properties = isObject(feature.properties) ? feature.properties : {};
    return {
      ...properties,
      ...(feature.id === undefined ? {} : { ':id': feature.id }),
      ...pointCells(feature.geometry),
    };
  });
  return { ...readObjects(flat, from), shape: 'geojson' };
}

/** RFC 7946 section 3.1.1: a position is longitude, latitude, and perhaps a height. */
function pointCells(geometry: unknown): JsonObject {
  if (!isObject(geometry)) return {};
  const position = geometry.type === 'Point' ? geometry.coordinates : undefined;
  if (Array.isArray(position) && typeof position[0] === 'number' && typeof position[1] === 'number') {
    return { ':lat': position[1], ':lon': position[0] };
  }
  return { ':geometry': geometry };
}

/** SODA 2 answers `{"error":true,"message":…}` or `{"message":…,"errorCode":…}`, others `{"error":"…"}` or `{"error":{"message":…}}`. */
export function publisherError(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  const { error, message } = value;
  if (typeof message === 'string' && (error !== undefined || 'errorCode' in value || 'code' in value)) return message;
  if (typeof error === 'string') return error;
  return isObject(error) && typeof error.message === 'string' ? error.message : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notTable(from: string, found: string): SourceError {
  const forms = 'a list of objects, rows.json or a GeoJSON FeatureCollection';
  return new SourceError(from, `is ${found}, not a table: give ${forms}`);
}

function notRecord(from: string, index: number, found: unknown): SourceError {
  const text = JSON.stringify(found) ?? '';
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return new SourceError(
    from,
    `record ${index + 1} is ${shown}, which is not a record of a table: give a list of objects`,
  );
}
