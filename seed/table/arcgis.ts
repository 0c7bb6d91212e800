import type { PageInfo } from './table.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export type ArcgisRecords = {
  /** Attributes with our own columns for the geometry. */
  readonly rows: readonly JsonObject[];
  readonly page: PageInfo;
  readonly warnings: readonly string[];
};

/** Well-known ids: WGS 84 in degrees, and Web Mercator in metres. */
const DEGREES: ReadonlySet<number> = new Set([4326, 4269]);
const WEB_MERCATOR: ReadonlySet<number> = new Set([3857, 102100, 102113, 900913]);
/** Metres, of the sphere that Web Mercator uses. */
const RADIUS = 6_378_137;

/** The records of an ArcGIS query (`f=json`); `null` for any other object. */
export function readArcgis(value: JsonObject): ArcgisRecords | null {
  const { features } = value;
  if (!Array.isArray(features) || value.type === 'FeatureCollection') return null;
  if (!features.every((feature) => isObject(feature) && isObject(feature.attributes))) return null;
  const toDegrees = projection(value.spatialReference);
  const dates = dateFields(value.fields);
  let unread = 0;
  const rows = features.map(({ attributes, geometry }: { attributes: JsonObject; geometry?: unknown }) => {
    const cells = toDegrees && isObject(geometry) ? geometryCells(geometry, toDegrees) : {};
    if (!toDegrees && isObject(geometry)) unread += 1;
    return { ...withDates(attributes, dates), ...cells };
  });
  const warning = `the coordinates of ${unread} records are in another reference system: request them with outSR=4326`;
  return {
    rows,
    page: {
      software: 'arcgis',
      isCut: value.exceededTransferLimit === true,
      idField: typeof value.objectIdFieldName === 'string' ? value.objectIdFieldName : null,
    },
    warnings: unread > 0 ? [warning] : [],
  };
}

type Project = (x: number, y: number) => [lon: number, lat: number];

/** Without a reference, coordinates are taken for degrees, and the city's bounds show if they are not. */
function projection(reference: unknown): Project | null {
  const { latestWkid, wkid } = isObject(reference) ? reference : {};
  const id = Number(latestWkid ?? wkid ?? 4326);
  if (DEGREES.has(id)) return (x, y) => [x, y];
  if (!WEB_MERCATOR.has(id)) return null;
  return (x, y) => [
    ((x / RADIUS) * 180) / Math.PI,
    ((2 * Math.atan(Math.exp(y / RADIUS)) - Math.PI / 2) * 180) / Math.PI,
  ];
}

function geometryCells({ x, y, rings }: JsonObject, project: Project): JsonObject {
  if (typeof x === 'number' && typeof y === 'number') {
    const [lon, lat] = project(x, y);
    return { ':lat': lat, ':lon': lon };
  }
  if (!Array.isArray(rings)) return {};
  const coordinates = (rings as [number, number][][]).map((ring) => ring.map(([lon, lat]) => project(lon, lat)));
  return { ':geometry': { type: 'Polygon', coordinates } };
}

/** ArcGIS writes dates as milliseconds since 1970 in UTC. */
function dateFields(fields: unknown): ReadonlySet<string> {
  if (!Array.isArray(fields)) return new Set();
  const dates = fields.filter((field) => isObject(field) && field.type === 'esriFieldTypeDate');
  return new Set(dates.map(({ name }: { name?: unknown }) => String(name)));
}

function withDates(attributes: JsonObject, dates: ReadonlySet<string>): JsonObject {
  if (dates.size === 0) return attributes;
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) =>
      dates.has(name) && typeof value === 'number' && Math.abs(value) <= 8.64e15
        ? [name, new Date(value).toISOString()]
        : [name, value],
    ),
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
