import { LoadError } from '../load-errors.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import { type FoundTable, undescribedTable } from './found-table.ts';
import { type JsonRequest, requestJson } from './metadata-request.ts';
import { field, text } from './metadata-values.ts';
import type { PortalLink } from './portal-link.ts';

/** Formats of a resource that can be read, best first. GeoJSON has the places of shapes too; the others have them in columns. */
const FORMATS = ['geojson', 'csv', 'json', 'tsv'] as const;
/** The most rows that CKAN returns at once. */
const PAGE_ROWS = 32_000;

type CkanLink = Extract<PortalLink, { portal: 'ckan-dataset' | 'ckan-resource' }>;

/**
 * The table of a CKAN data set or of one of its resources. Of several resources it is the first in the best format; if a resource is in
 * the portal's data store, its rows are read from there.
 * @throws LoadError when no resource is a table
 */
export async function ckanTable(
  { portal, base, id }: CkanLink,
  from: string,
  request: JsonRequest,
): Promise<FoundTable> {
  const action = (name: string) => `${base}/api/3/action/${name}?${new URLSearchParams({ id })}`;
  if (portal === 'ckan-resource') {
    const resource = field(await requestJson(action('resource_show'), request), 'result');
    const owner = text(field(resource, 'package_id'));
    const dataset =
      owner === null
        ? null
        : field(
            await requestJson(`${base}/api/3/action/package_show?${new URLSearchParams({ id: owner })}`, request),
            'result',
          );
    return found(resource ?? { id, datastore_active: true }, dataset, { base, from });
  }
  const dataset = field(await requestJson(action('package_show'), request), 'result');
  // It may be another software's page with the same form of address.
  if (dataset === undefined) return undescribedTable(from, 'an address');
  const resources = field(dataset, 'resources');
  const list: unknown[] = Array.isArray(resources) ? resources : [];
  const best = FORMATS.flatMap((format) => list.filter((resource) => formatOf(resource) === format))[0];
  if (best !== undefined) return found(best, dataset, { base, from });
  const formats = [...new Set(list.map(formatOf))].join(', ') || 'none';
  throw new LoadError(
    `${withoutSecrets(from)}: the data set has no resource that can be read (formats: ${formats}): give the address of its CSV, GeoJSON or JSON file`,
  );
}

function found(resource: unknown, dataset: unknown, { base, from }: { base: string; from: string }): FoundTable {
  const isStored = field(resource, 'datastore_active') === true && formatOf(resource) !== 'geojson';
  const query = new URLSearchParams({ resource_id: text(field(resource, 'id')) ?? '', limit: String(PAGE_ROWS) });
  const file = text(field(resource, 'url'));
  return {
    kind: 'a resource of CKAN',
    from: isStored || file === null ? `${base}/api/3/action/datastore_search?${query}` : file,
    page: withoutSecrets(from),
    title: text(field(dataset, 'title')) ?? text(field(resource, 'name')),
    publisher: text(field(field(dataset, 'organization'), 'title')) ?? text(field(dataset, 'author')),
    license: text(field(dataset, 'license_title')),
    licenseUrl: text(field(dataset, 'license_url')),
  };
}

function formatOf(resource: unknown): string {
  return (text(field(resource, 'format')) ?? '').toLowerCase().replace(/^\./, '');
}
