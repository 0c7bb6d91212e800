/**
 * Names of query parameters whose values may be shown: those of the portals' programming interfaces. All other values may be
 * secrets (`code`, `pw`, `sv`) and are masked. Names are compared in lower case; `refine.status` counts as `refine`.
 */
const SHOWN: ReadonlySet<string> = new Set(
  [
    // Socrata (SODA)
    '$limit $offset $order $select $where $group $having $q $query accesstype',
    // Opendatasoft
    'dataset delimiter epsg exclude facet format lang limit list_separator offset order_by q quote_all refine rows select sort',
    'start timezone use_labels where with_bom',
    // CKAN
    'distinct fields filters id include_total plain records_format resource_id',
    // ArcGIS
    'f geometry geometrytype insr layers orderbyfields outfields outsr resultoffset resultrecordcount returngeometry spatialrel',
    // OGC: WFS and API Features
    'bbox count outputformat request service srsname startindex typename typenames version',
    // common ones
    'charset date download encoding gid output page page_size pagesize per_page type v year',
  ]
    .join(' ')
    .split(' '),
);

const MASK = '***';

/** A path or URL that is safe to show, log and store: without user, password and fragment, and with masked parameters. */
export function withoutSecrets(from: string): string {
  if (!/^https?:/i.test(from)) return from.replace(/\/\/[^/@]*@/, '//');
  if (!URL.canParse(from)) return from.replace(/\/\/[^/@]*@/, '//').replace(/\?.*/s, '');
  const url = new URL(from);
  const query = url.search.slice(1).split('&').map(maskParameter).join('&');
  if (url.username === '' && url.password === '' && url.hash === '' && query === url.search.slice(1)) return from;
  url.username = '';
  url.password = '';
  url.hash = '';
  url.search = query;
  return url.href;
}

/** A parameter without a value may itself be the secret: `?s3cret`. */
function maskParameter(parameter: string): string {
  const at = parameter.indexOf('=');
  if (at < 0) return parameter === '' ? '' : MASK;
  const name = parameter.slice(0, at);
  return isShown(name) ? parameter : `${name}=${MASK}`;
}

function isShown(name: string): boolean {
  const [plain = ''] = decoded(name).toLowerCase().split('.');
  return SHOWN.has(plain);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
