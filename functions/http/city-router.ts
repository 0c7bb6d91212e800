import { citiesOf, firstPart } from './params/assert-city.ts';
import { pathnameOf, queryOf } from './params/url-parts.ts';

type Fetch = (request: Request) => Response | Promise<Response>;

/** The app of one city. */
export type CityApp = {
  readonly id: string;
  readonly fetch: Fetch;
};

/**
 * Passes each request to the app of its city: by the path, `/<id>/…`, or by the parameter `city`. All others are for the first city, which also
 * refuses a city that does not exist.
 */
export function createCityRouter(first: Pick<CityApp, 'fetch'>, others: readonly CityApp[]): Fetch {
  const apps = new Map(others.map(({ id, fetch }) => [id, fetch]));
  return (request) => {
    const path = pathnameOf(request.url);
    const id = firstPart(path);
    const below = apps.get(id);
    if (below) return path === `/${id}` ? withSlash(id, request) : below(request);
    const [named, ...more] = citiesOf(request.url, path);
    const app = named !== undefined && more.length === 0 ? apps.get(named) : undefined;
    return (app ?? first.fetch)(request);
  };
}

/** The links of a map page are relative, so its address must end with a slash. */
function withSlash(id: string, { url }: Request): Response {
  const query = queryOf(url);
  return new Response(null, { status: 308, headers: { Location: `/${id}/${query === '' ? '' : `?${query}`}` } });
}
