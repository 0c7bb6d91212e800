import type { IncomingMessage, ServerResponse } from 'node:http';
import { startWebServer } from '../source/web-server.ts';

export type PortalRow = Readonly<Record<string, unknown>>;

/** The id of an item in ArcGIS Online, and of a resource of CKAN. */
export const ITEM = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
export const RESOURCE = '0b4d7a1e-8c1f-4b0e-9c58-2f6f4f1d2c3a';
const LICENSE = { name: 'Public Domain', termsLink: 'https://licence.example/pd' };
/** Rows that ArcGIS returns at once here, so that a list needs several pages. */
const ARCGIS_ROWS = 10;

/**
 * A server on 127.0.0.1 that publishes one list as four kinds of portals do, each with its pages (HTML), its description of the data set
 * and its rows: Socrata, ArcGIS with a Hub, CKAN and Opendatasoft. Rows have `latitude` and `longitude` in degrees.
 */
export async function startStandInPortal(rows: readonly PortalRow[]) {
  const requests: string[] = [];
  const portal = { origin: '', requests };
  portal.origin = await startWebServer((request, response) => {
    requests.push(request.url ?? '');
    answer(portal.origin, rows, request, response);
  });
  return portal;
}

function answer(origin: string, rows: readonly PortalRow[], request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', origin);
  const value = answers(origin, rows, url)[decodeURIComponent(url.pathname)]?.();
  if (value === undefined) {
    // A page for people, which any other address is.
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!DOCTYPE html><html><head><title>Food vendors | Open Data</title></head></html>');
  } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

function answers(origin: string, rows: readonly PortalRow[], { searchParams }: URL): Record<string, () => unknown> {
  const number = (name: string, other: number) => Number(searchParams.get(name) ?? other);
  const page = (offset: number, limit: number) => rows.slice(offset, offset + limit);
  const service = '/arcgis/rest/services/Health/Vendors/FeatureServer';
  const dataset = {
    title: 'Food vendors',
    organization: { title: 'Town of Exampleton' },
    license_title: LICENSE.name,
    license_url: LICENSE.termsLink,
    resources: [
      { id: 'a-pdf', format: 'PDF', url: `${origin}/files/vendors.pdf`, datastore_active: false },
      {
        id: RESOURCE,
        format: 'CSV',
        url: `${origin}/files/vendors.csv`,
        datastore_active: true,
        package_id: 'food-vendors',
      },
    ],
  };
  const hub = {
    attributes: {
      name: 'Food vendors',
      url: `${origin}${service}/0`,
      source: 'Town of Exampleton',
      structuredLicense: { abbr: LICENSE.name, url: LICENSE.termsLink },
    },
  };
  return {
    '/api/views/abcd-1234.json': () => ({
      id: 'abcd-1234',
      name: 'Food vendors',
      attribution: 'Town of Exampleton',
      license: LICENSE,
    }),
    '/resource/abcd-1234.json': () => page(number('$offset', 0), number('$limit', 1000)),
    '/api/v3/datasets': () => ({ data: searchParams.get('filter[slug]') === 'town::food-vendors' ? [hub] : [] }),
    [`/api/v3/datasets/${ITEM}_0`]: () => ({ data: hub }),
    [`/sharing/rest/content/items/${ITEM}`]: () => ({
      title: 'Food vendors',
      owner: 'town',
      url: `${origin}${service}`,
    }),
    [service]: () => ({ layers: [{ id: 0, name: 'Vendors' }], tables: [] }),
    [`${service}/0`]: () => ({ id: 0, name: 'Food vendors', copyrightText: 'Town of Exampleton' }),
    [`${service}/0/query`]: () => {
      const offset = number('resultOffset', 0);
      const features = page(offset, ARCGIS_ROWS).map(({ latitude, longitude, ...properties }, at) => ({
        type: 'Feature',
        id: offset + at + 1,
        properties: { OBJECTID: offset + at + 1, ...properties },
        geometry: { type: 'Point', coordinates: [longitude, latitude] },
      }));
      return {
        type: 'FeatureCollection',
        features,
        properties: { exceededTransferLimit: offset + ARCGIS_ROWS < rows.length },
      };
    },
    '/api/3/action/package_show': () => ({ success: true, result: dataset }),
    '/api/3/action/resource_show': () => ({ success: true, result: dataset.resources[1] }),
    '/api/3/action/datastore_search': () => ({
      success: true,
      result: { records: page(number('offset', 0), Math.min(number('limit', 100), 20)), total: rows.length },
    }),
    '/api/explore/v2.1/catalog/datasets/food-vendors': () => ({
      dataset_id: 'food-vendors',
      metas: {
        default: {
          title: 'Food vendors',
          publisher: 'Town of Exampleton',
          license: LICENSE.name,
          license_url: LICENSE.termsLink,
        },
      },
    }),
    '/api/explore/v2.1/catalog/datasets/food-vendors/exports/json': () =>
      rows.map(({ latitude, longitude, ...cells }) => ({ ...cells, geo_point_2d: { lon: longitude, lat: latitude } })),
  };
}
