import { amount } from '../amount.ts';
import { SourceError } from '../load-errors.ts';
import { isObject, type JsonObject, readArcgis } from './arcgis.ts';
import { MAX_ROWS, tooManyRows } from './bytes.ts';
import { checkJson } from './json-check.ts';
import { readJsonLines } from './json-lines.ts';
import type { PageInfo, Records } from './table.ts';

/**
 * Reads Socrata's JSON (a list of objects; the list may be an object's only member), its `rows.json`, GeoJSON (a FeatureCollection or a
 * list of features), JSON lines, and the answers of ArcGIS, CKAN and Opendatasoft.
 * @throws SourceError naming the line and column of a syntax error, or the record that is not one.
 */
export function readJson(text: Buffer, from: string): Records {
  const lines = readJsonLines(text, from);
  if (lines) {
    const records = readList(
      lines.map(({ value }) => value),
      from,
    );
    return { ...records, records: records.records.map((record, at) => ({ ...record, line: lines[at]?.line ?? 0 })) };
  }
  checkJson(text, from);
  const value: unknown = JSON.parse(text.toString('utf8'));
  if (Array.isArray(value)) return readList(value, from);
  if (!isObject(value)) throw notTable(from, 'one JSON value');
  if (value.type === 'FeatureCollection' && Array.isArray(value.features)) {
    return withPage(readFeatures(value.features, from), featurePage(value, value.features.length));
  }
  const arcgis = readArcgis(value);
  if (arcgis) {
    const { rows, page, warnings } = arcgis;
    return { ...readObjects(rows, from), shape: 'arcgis', page, warnings };
  }
  const names = viewColumns(value);
  if (names && Array.isArray(value.data)) return readArrays(names, value.data, from);
  const message = publisherError(value);
  if (message) {
    throw new SourceError(
      from,
      `the publisher answered with an error instead of data ("${message}"): check the address`,
    );
  }
  if (Array.isArray(value.results) && typeof value.total_count === 'number') {
    return withPage(readObjects(value.results, from), { software: 'opendatasoft', total: value.total_count });
  }
  if (isObject(value.result) && Array.isArray(value.result.records)) {
    const { records, total } = value.result;
    const page: PageInfo | undefined = typeof total === 'number' ? { software: 'ckan', total } : undefined;
    return withPage(readObjects(records, from), page);
  }
  const members = Object.keys(value);
  const only = members.length === 1 ? value[members[0] ?? ''] : undefined;
  if (Array.isArray(only) && only.length > 0) return readObjects(only, from);
  const shown = members.slice(0, 6).join(', ');
  throw notTable(from, `a JSON object (${shown}${members.length > 6 ? ', …' : ''})`);
}

/** A list of features is read as a FeatureCollection. */
function readList(items: readonly unknown[], from: string): Records {
  const isFeatures =
    items.length > 0 && items.every((item) => isObject(item) && item.type === 'Feature' && 'geometry' in item);
  return isFeatures ? readFeatures(items, from) : readObjects(items, from);
}

function withPage(records: Records, page: PageInfo | undefined): Records {
  return page ? { ...records, page } : records;
}

/** ArcGIS marks a part, in one of two places; OGC API Features and WFS name the number of all features. */
function featurePage(value: JsonObject, count: number): PageInfo | undefined {
  const { exceededTransferLimit, properties, numberMatched, totalFeatures } = value;
  const inner = isObject(properties) ? properties.exceededTransferLimit : undefined;
  if (exceededTransferLimit !== undefined || inner !== undefined) {
    return { software: 'arcgis', isCut: exceededTransferLimit === true || inner === true, idField: null };
  }
  const total = numberMatched ?? totalFeatures;
  return typeof total === 'number' && total > count ? { software: 'ogc', total } : undefined;
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
