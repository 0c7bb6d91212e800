/** What a link or a path is, as far as it can be told without the network. */
export type PortalLink =
  /** A path or the address of data itself. */
  | { readonly portal: 'none'; readonly from: string }
  /** `base`: the portal's address before the parts that all portals of its kind have, without a slash at its end. */
  | { readonly portal: 'socrata'; readonly base: string; readonly id: string }
  | { readonly portal: 'opendatasoft'; readonly base: string; readonly id: string }
  | { readonly portal: 'ckan-dataset' | 'ckan-resource'; readonly base: string; readonly id: string }
  /** A layer (`…/FeatureServer/0`), or a service without the number of a layer. */
  | { readonly portal: 'arcgis-layer'; readonly base: string; readonly layer: number | null }
  /** A page of ArcGIS Hub: an item's id, or `owner::name`. */
  | { readonly portal: 'arcgis-hub'; readonly base: string; readonly id: string; readonly layer: number | null }
  /** An item of ArcGIS Online. */
  | { readonly portal: 'arcgis-item'; readonly base: string; readonly id: string };

const SOCRATA_ID = /^[a-z0-9]{4}-[a-z0-9]{4}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** An item's id in ArcGIS Online, perhaps with the number of a layer. */
const ITEM_ID = /^([0-9a-f]{32})(?:_(\d+))?$/i;

type Parts = { readonly url: URL; readonly path: readonly string[] };

/** Tells what a person has pasted: the address of a portal's page, of its programming interface or of a file, or a path. */
export function recogniseLink(from: string): PortalLink {
  if (!/^https?:\/\//i.test(from) || !URL.canParse(from)) return { portal: 'none', from };
  const url = new URL(from);
  const path = url.pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decoded);
  const parts = { url, path };
  return (
    sheet(parts) ??
    arcgisService(parts) ??
    opendatasoft(parts) ??
    arcgisPage(parts) ??
    ckan(parts) ??
    socrata(parts) ?? { portal: 'none', from }
  );
}

/**
 * `/resource/ID.json`, `/d/ID`, `/api/views/ID/rows.csv`, `/Category/Name/ID`, the last perhaps with `/data` or `/about_data`. Two words of
 * four letters have the form of an id too (`open-data`), so its place in the path counts.
 */
function socrata({ url, path }: Parts): PortalLink | undefined {
  // A query of its own is requested as it is.
  if ([...url.searchParams.keys()].some((name) => name.startsWith('$'))) return undefined;
  const [first = '', second = ''] = path;
  const isApi = first === 'api' && /^(?:views|geospatial|odata|catalog|v3)$/.test(second);
  const at = first === 'resource' || first === 'd' || first === 'w' ? 1 : isApi && second === 'v3' ? 3 : 2;
  const id = path[at]?.replace(/\.[a-z]+$/, '') ?? '';
  const isPage =
    at < 2 || isApi || path.length === 3 || /^(?:data|about_data|about|explore|visualization)$/.test(path[3] ?? '');
  return SOCRATA_ID.test(id) && isPage ? { portal: 'socrata', base: url.origin, id } : undefined;
}

/** `/explore/dataset/ID/…`, and versions 1 and 2 of the programming interface. */
function opendatasoft({ url, path }: Parts): PortalLink | undefined {
  const at = path.findIndex((part, i) => part === 'explore' && path[i + 1] === 'dataset');
  const catalog = path.indexOf('datasets', path.indexOf('catalog'));
  const isApi = path.includes('catalog') && catalog > 0;
  const id =
    at >= 0
      ? path[at + 2]
      : isApi
        ? path[catalog + 1]
        : path.join('/').startsWith('api/records')
          ? url.searchParams.get('dataset')
          : null;
  return id ? { portal: 'opendatasoft', base: url.origin, id } : undefined;
}

/** `/dataset/NAME`, `/dataset/NAME/resource/ID`, and the programming interface; a language or a folder may be before them. */
function ckan({ url, path }: Parts): PortalLink | undefined {
  const action = path.indexOf('action');
  if (action > 0 && path.includes('api')) {
    const id = url.searchParams.get('resource_id') ?? url.searchParams.get('id');
    const base = `${url.origin}${prefix(path.slice(0, path.indexOf('api')))}`;
    const portal =
      url.searchParams.has('resource_id') || path[action + 1] === 'resource_show' ? 'ckan-resource' : 'ckan-dataset';
    return id ? { portal, base, id } : undefined;
  }
  const at = path.indexOf('dataset');
  const name = path[at + 1];
  // The address of a file is data already.
  if (at < 0 || name === undefined || path.includes('download')) return undefined;
  const base = `${url.origin}${prefix(path.slice(0, at))}`;
  const resource = path[at + 2] === 'resource' ? path[at + 3] : undefined;
  if (resource !== undefined && UUID.test(resource)) return { portal: 'ckan-resource', base, id: resource };
  return SOCRATA_ID.test(path.at(-1) ?? '') ? undefined : { portal: 'ckan-dataset', base, id: name };
}

/** `…/FeatureServer/0`, `…/MapServer/3/query?…`, `…/FeatureServer`. */
function arcgisService({ url, path }: Parts): PortalLink | undefined {
  const at = path.findIndex((part) => /^(?:Feature|Map)Server$/i.test(part));
  if (at < 0) return undefined;
  const layer = /^\d+$/.test(path[at + 1] ?? '') ? Number(path[at + 1]) : null;
  return { portal: 'arcgis-layer', base: `${url.origin}${prefix(path.slice(0, at + 1))}`, layer };
}

/** `/datasets/OWNER::NAME/explore`, `/datasets/ID_0`, `/home/item.html?id=ID`. */
function arcgisPage({ url, path }: Parts): PortalLink | undefined {
  const item = ITEM_ID.exec(url.searchParams.get('id') ?? '')?.[1];
  if (item && /item\.html$/.test(url.pathname)) return { portal: 'arcgis-item', base: url.origin, id: item };
  const id = path[path.findIndex((part) => part === 'datasets' || part === 'maps') + 1];
  if (id === undefined || !path.some((part) => part === 'datasets' || part === 'maps')) return undefined;
  const plain = id.replace(/\.(?:geojson|csv)$/, '');
  const [, hex, layer] = ITEM_ID.exec(plain) ?? [];
  if (hex)
    return { portal: 'arcgis-hub', base: url.origin, id: hex, layer: layer === undefined ? null : Number(layer) };
  return plain.includes('::') || /(?:^|\.)(?:hub|opendata)\.arcgis\.com$/.test(url.hostname)
    ? { portal: 'arcgis-hub', base: url.origin, id: plain, layer: null }
    : undefined;
}

/** A file on GitHub and a sheet of Google: their pages have the data at another address. */
function sheet({ url, path }: Parts): PortalLink | undefined {
  if (url.hostname === 'github.com' && path[2] === 'blob') {
    return {
      portal: 'none',
      from: `https://raw.githubusercontent.com/${[...path.slice(0, 2), ...path.slice(3)].map(encodeURIComponent).join('/')}`,
    };
  }
  if (url.hostname === 'docs.google.com' && path[0] === 'spreadsheets' && path[1] === 'd' && path[2] !== 'e') {
    const gid = /gid=(\d+)/.exec(`${url.search}${url.hash}`)?.[1] ?? '0';
    return { portal: 'none', from: `https://docs.google.com/spreadsheets/d/${path[2]}/export?format=csv&gid=${gid}` };
  }
  return undefined;
}

function prefix(parts: readonly string[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join('');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
