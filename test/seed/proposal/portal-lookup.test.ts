import { describe, expect, it } from 'vitest';
import { findTable } from '../../../seed/proposal/portal-lookup.ts';
import { tryTable } from '../../../seed/proposal/try-table.ts';
import { readSource } from '../../../seed/source/read-source.ts';
import { startWebServer } from '../source/web-server.ts';
import { ITEM, RESOURCE, startStandInPortal } from './stand-in-portal.ts';

const ROWS = Array.from({ length: 45 }, (_, at) => ({
  vendor: `Vendor ${at}`,
  latitude: 37.7 + at / 1000,
  longitude: -122.4 - at / 1000,
}));
const KNOWN = {
  title: 'Food vendors',
  publisher: 'Town of Exampleton',
  license: 'Public Domain',
  licenseUrl: 'https://licence.example/pd',
};

const lookUp = (from: string, say: (line: string) => void = () => {}) => findTable(from, { given: from, say });

async function find(path: string) {
  const { origin, requests } = await startStandInPortal(ROWS);
  const said: string[] = [];
  const found = await lookUp(`${origin}${path}`, (line) => said.push(line));
  expect(said).toEqual([]);
  const read = await readSource({ name: 'permits', from: found.from }, { pageRows: 20 });
  return { origin, requests, found, vendors: read.table.rows.map(({ cells }) => cells.get('vendor')) };
}

describe('the address of a page leads to all rows, with title, publisher and licence', () => {
  it.each([
    ['a Socrata data set', '/d/abcd-1234', '/resource/abcd-1234.json'],
    ['a Socrata data set', '/Health/Food-vendors/abcd-1234/about_data', '/resource/abcd-1234.json'],
    ['a Socrata data set', '/api/views/abcd-1234/rows.csv?accessType=DOWNLOAD', '/resource/abcd-1234.json'],
    [
      'a layer of ArcGIS',
      '/datasets/town::food-vendors/explore',
      '/arcgis/rest/services/Health/Vendors/FeatureServer/0/query',
    ],
    ['a layer of ArcGIS', `/datasets/${ITEM}_0/about`, '/arcgis/rest/services/Health/Vendors/FeatureServer/0/query'],
    ['a resource of CKAN', '/dataset/food-vendors', '/api/3/action/datastore_search'],
    ['a resource of CKAN', `/dataset/food-vendors/resource/${RESOURCE}`, '/api/3/action/datastore_search'],
    [
      'an Opendatasoft data set',
      '/explore/dataset/food-vendors/table/',
      '/api/explore/v2.1/catalog/datasets/food-vendors/exports/json',
    ],
    [
      'an Opendatasoft data set',
      '/api/explore/v2.1/catalog/datasets/food-vendors/exports/csv',
      '/api/explore/v2.1/catalog/datasets/food-vendors/exports/json',
    ],
  ])('%s: %s', async (kind, path, data) => {
    const { origin, found, vendors } = await find(path);
    expect(found).toMatchObject({ kind, ...KNOWN });
    expect(new URL(found.from).pathname).toBe(data);
    expect(found.from.startsWith(origin)).toBe(true);
    expect(vendors).toEqual(ROWS.map(({ vendor }) => vendor));
  });

  it.each([
    '/arcgis/rest/services/Health/Vendors/FeatureServer',
    '/arcgis/rest/services/Health/Vendors/FeatureServer/0/query?where=1%3D1&f=json',
    `/home/item.html?id=${ITEM}`,
  ])('a layer of ArcGIS without a page of a hub: %s', async (path) => {
    const { found, vendors } = await find(path);
    expect(found).toMatchObject({ kind: 'a layer of ArcGIS', title: 'Food vendors' });
    expect(found.from).toContain('/FeatureServer/0/query?where=1%3D1&outFields=*&outSR=4326&f=geojson');
    expect(vendors).toHaveLength(ROWS.length);
  });
});

describe('a portal that does not describe its data', () => {
  it('has its rows read all the same, and the reason is said', async () => {
    const origin = await startWebServer((request, response) => {
      if (request.url?.startsWith('/resource/')) response.end(JSON.stringify(ROWS));
      else response.writeHead(403).end('{}');
    });
    const said: string[] = [];
    const found = await lookUp(`${origin}/resource/abcd-1234.json`, (line) => said.push(line));
    expect(found).toMatchObject({ from: `${origin}/resource/abcd-1234.json`, title: null, license: null });
    expect(said).toEqual([expect.stringMatching(/^no description at http:.*abcd-1234\.json: status 403/)]);
  });

  it('names the formats when no resource is a table', async () => {
    const result = {
      title: 'Food',
      resources: [
        { id: 'x', format: 'PDF' },
        { id: 'y', format: 'SHP' },
      ],
    };
    const origin = await startWebServer((_, response) => {
      response.end(JSON.stringify({ success: true, result }));
    });
    await expect(lookUp(`${origin}/dataset/food`)).rejects.toThrow(
      'the data set has no resource that can be read (formats: pdf, shp): give the address of its CSV, GeoJSON or JSON file',
    );
  });

  it('may be no portal at all: the address stays as it is', async () => {
    const origin = await startWebServer((_, response) => void response.writeHead(404).end());
    const found = await lookUp(`${origin}/lists/food/abcd-1234`);
    expect(found).toMatchObject({ kind: 'an address', from: `${origin}/lists/food/abcd-1234` });
  });

  it.each(['http://169.254.169.254/FeatureServer/0', 'file:///etc/FeatureServer/0', 'no address'])(
    'must not lead to %s',
    async (url) => {
      const origin = await startWebServer((_, response) => {
        response.end(JSON.stringify({ data: [{ attributes: { name: 'Food', url } }] }));
      });
      const given = `${origin}/datasets/town::food`;
      const failure = tryTable(given, { say: () => {}, source: {} });
      await expect(failure).rejects.toThrow(`${given}: the portal names the rows at ${url.split('/FeatureServer')[0]}`);
    },
  );
});
