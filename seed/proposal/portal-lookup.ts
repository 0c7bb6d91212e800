import { LoadError } from '../load-errors.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import { ckanTable } from './ckan-resources.ts';
import { type FoundTable, undescribedTable } from './found-table.ts';
import { type JsonRequest, requestJson } from './metadata-request.ts';
import { field, text } from './metadata-values.ts';
import { type PortalLink, recogniseLink } from './portal-link.ts';

/** ArcGIS Online has the items of all sites of ArcGIS Hub. */
const ARCGIS_ONLINE = 'https://www.arcgis.com';
const ARCGIS_HUB = 'https://hub.arcgis.com';

/**
 * Finds the table that a link or path leads to. A portal is asked for its description of the data set, from which the address of the
 * rows, the title and the licence come.
 * @throws LoadError when a portal's page leads to no table
 */
export async function findTable(from: string, request: JsonRequest): Promise<FoundTable> {
  const link = recogniseLink(from);
  switch (link.portal) {
    case 'socrata':
      return socrataTable(link, from, request);
    case 'opendatasoft':
      return opendatasoftTable(link, request);
    case 'ckan-dataset':
    case 'ckan-resource':
      return ckanTable(link, from, request);
    case 'arcgis-layer':
      return layerTable(link.base, link.layer, request, undescribedTable(from, 'a layer of ArcGIS'));
    case 'arcgis-hub':
      return hubTable(link, from, request);
    case 'arcgis-item':
      return itemTable(link.base, link.id, null, from, request);
    case 'none':
      return { ...undescribedTable(from, /^https?:/i.test(from) ? 'an address' : 'a file'), from: link.from };
  }
}

async function socrataTable(
  { base, id }: Extract<PortalLink, { portal: 'socrata' }>,
  from: string,
  request: JsonRequest,
): Promise<FoundTable> {
  const view = await requestJson(`${base}/api/views/${id}.json`, request);
  // It may be another software's page with the same form of address.
  if (view === undefined && !from.includes('/resource/')) return undescribedTable(from, 'an address');
  const license = field(view, 'license');
  return {
    kind: 'a Socrata data set',
    from: `${base}/resource/${id}.json`,
    page: `${base}/d/${id}`,
    title: text(field(view, 'name')),
    publisher: text(field(view, 'attribution')) ?? text(field(field(view, 'owner'), 'displayName')),
    license: text(field(license, 'name')) ?? text(field(view, 'licenseId')),
    licenseUrl: text(field(license, 'termsLink')),
  };
}

async function opendatasoftTable(
  { base, id }: Extract<PortalLink, { portal: 'opendatasoft' }>,
  request: JsonRequest,
): Promise<FoundTable> {
  const address = `${base}/api/explore/v2.1/catalog/datasets/${encodeURIComponent(id)}`;
  const metas = field(field(await requestJson(address, request), 'metas'), 'default');
  return {
    kind: 'an Opendatasoft data set',
    from: `${address}/exports/json`,
    page: `${base}/explore/dataset/${encodeURIComponent(id)}/`,
    title: text(field(metas, 'title')),
    publisher: text(field(metas, 'publisher')),
    license: text(field(metas, 'license')),
    licenseUrl: text(field(metas, 'license_url')),
  };
}

/** A layer's rows in degrees. A service without the number of a layer has the rows in its first layer, or in its first table. */
async function layerTable(
  base: string,
  layer: number | null,
  request: JsonRequest,
  known: FoundTable,
): Promise<FoundTable> {
  const service = layer === null ? await requestJson(`${base}?f=json`, request) : null;
  const first = [field(service, 'layers'), field(service, 'tables')].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )[0];
  const number = layer ?? (Number(field(first, 'id') ?? 0) || 0);
  const description = await requestJson(`${base}/${number}?f=json`, request);
  const query = new URLSearchParams({ where: '1=1', outFields: '*', outSR: '4326', f: 'geojson' });
  return {
    ...known,
    from: `${base}/${number}/query?${query}`,
    title: known.title ?? text(field(description, 'name')),
    publisher: known.publisher ?? text(field(description, 'copyrightText')),
  };
}

/** A page of ArcGIS Hub. The site itself answers for its data sets, or else Hub for those of all sites. */
async function hubTable(
  { base, id, layer }: Extract<PortalLink, { portal: 'arcgis-hub' }>,
  from: string,
  request: JsonRequest,
): Promise<FoundTable> {
  const isItem = /^[0-9a-f]{32}$/i.test(id);
  const query = isItem
    ? `/${id}${layer === null ? '' : `_${layer}`}`
    : `?${new URLSearchParams({ 'filter[slug]': id })}`;
  for (const site of new Set([base, ARCGIS_HUB])) {
    const data = field(await requestJson(`${site}/api/v3/datasets${query}`, request), 'data');
    const attributes = field(Array.isArray(data) ? data[0] : data, 'attributes');
    const address = text(field(attributes, 'url'));
    if (address === null) continue;
    const known = {
      ...undescribedTable(from, 'a layer of ArcGIS'),
      title: text(field(attributes, 'name')),
      publisher: text(field(attributes, 'source')) ?? text(field(attributes, 'orgName')),
      license: text(field(field(attributes, 'structuredLicense'), 'abbr')),
      licenseUrl: text(field(field(attributes, 'structuredLicense'), 'url')),
    };
    return serviceTable(address, request, known);
  }
  if (isItem) return itemTable(ARCGIS_ONLINE, id, layer, from, request);
  throw new LoadError(
    `${withoutSecrets(from)}: is a page of ArcGIS Hub, and its data set was not found: open the page, choose "View data source" or "I want to use this", and give the address that ends with FeatureServer/0`,
  );
}

async function itemTable(
  base: string,
  id: string,
  layer: number | null,
  from: string,
  request: JsonRequest,
): Promise<FoundTable> {
  const item = await requestJson(`${base}/sharing/rest/content/items/${id}?f=json`, request);
  const address = text(field(item, 'url'));
  if (address === null) {
    throw new LoadError(
      `${withoutSecrets(from)}: the item is not a layer of data: give the address that ends with FeatureServer/0`,
    );
  }
  const title = text(field(item, 'title'));
  const known = {
    ...undescribedTable(from, 'a layer of ArcGIS'),
    title,
    publisher: text(field(item, 'accessInformation')) ?? text(field(item, 'owner')),
  };
  return serviceTable(layer === null ? address : `${address.replace(/\/\d+$/, '')}/${layer}`, request, known);
}

/** @param address of a layer or a service, as a portal names it */
function serviceTable(address: string, request: JsonRequest, known: FoundTable): Promise<FoundTable> {
  const link = recogniseLink(address);
  if (link.portal === 'arcgis-layer') return layerTable(link.base, link.layer, request, known);
  return Promise.resolve({ ...known, kind: 'a file of ArcGIS', from: address });
}
