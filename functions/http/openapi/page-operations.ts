import { CITY_PARAMETERS, TRUCK_PARAMETERS } from './parameters.ts';
import { failures, NOT_MODIFIED, SERVER_ERRORS, success, textContent } from './responses.ts';

const html = textContent('text/html', '<!doctype html>');

/** The pages that need no script, and what tells search engines about them. */
export function pageOperations() {
  return {
    '/data/list.html': page(
      'listPage',
      'The current release as a page',
      'One plain page without scripts, for reading and printing.',
    ),
    '/data/quality.html': page(
      'dataQuality',
      'The quality of the current release',
      'What could not be read when the data was loaded, and why, on a plain page.',
    ),
    '/v/{id}': {
      operationId: 'vendorPage',
      tags: ['Data'],
      summary: 'The page of one vendor',
      description:
        'A plain page for search engines, previews of links and readers without JavaScript: food, places and permitted hours.',
      parameters: TRUCK_PARAMETERS,
      responses: {
        200: success('The page.', html),
        304: NOT_MODIFIED,
        410: success('The page of a vendor whose permits have all ended, or which the data no longer has.', html),
        ...failures(['invalid-parameters', 'not-found', ...SERVER_ERRORS]),
      },
    },
    '/sitemap.xml': {
      operationId: 'sitemap',
      tags: ['Data'],
      summary: 'The pages for search engines',
      description: 'The map, the list, and the page of each vendor with an approved permit, at most 50,000 in all.',
      responses: {
        200: success('The sitemap.', textContent('text/xml', '<?xml version="1.0" encoding="UTF-8"?>')),
        304: NOT_MODIFIED,
        ...failures(['not-found', ...SERVER_ERRORS]),
      },
    },
    '/robots.txt': {
      operationId: 'robots',
      tags: ['Data'],
      summary: 'What crawlers may read',
      description: 'Everything. It names the sitemap.',
      responses: {
        200: success('The rules.', textContent('text/plain', 'User-agent: *')),
        304: NOT_MODIFIED,
        ...failures(['not-found', 'internal']),
      },
    },
  };
}

function page(operationId: string, summary: string, description: string) {
  return {
    operationId,
    tags: ['Data'],
    summary,
    description,
    parameters: CITY_PARAMETERS,
    responses: {
      200: success('The page.', html),
      304: NOT_MODIFIED,
      ...failures(['invalid-parameters', 'not-found', ...SERVER_ERRORS]),
    },
  };
}
