import type { CurrentFiles, Places } from '../../functions/http/openapi/schemas/data.ts';
import type { GeojsonResponse } from '../../functions/http/openapi/schemas/geojson.ts';
import type { MetaResponse } from '../../functions/http/openapi/schemas/meta.ts';
import type { Problem, SearchFailure } from '../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import type { SuggestResponse } from '../../functions/http/openapi/schemas/suggest.ts';
import type { TruckDetailsResponse } from '../../functions/http/openapi/schemas/truck-details.ts';

/**
 * Sends the requests that every program in `programs` sends, without a generated client, and returns what each program must print: a
 * part of each response that shows how a type was read.
 */
export async function expectedAnswers(server: string) {
  const get = async <Body>(path: string) => {
    const response = await fetch(`${server}${path}`);
    return { status: response.status, body: (await response.json()) as Body };
  };
  const filters =
    'q=tacos&bbox=-122.52,37.7,-122.35,37.83&category=mexican&exclude=peanuts,hot+dogs&open_at=wed12:15&facets=category,open&limit=3';
  const search = (await get<SearchResponse>(`/search?${filters}`)).body;
  const fault = await get<SearchFailure>('/search?q=tacos&lat=91&lon=0');
  const [first] = search.trucks;
  if (!first) throw new Error(`the sample has nothing for ${filters}`);
  const { truck } = (await get<TruckDetailsResponse>(`/trucks/${first.id}`)).body;
  const missing = await get<Problem>('/trucks/nobody');
  const suggest = (await get<SuggestResponse>('/suggest?q=tac&limit=3')).body;
  const meta = (await get<MetaResponse>('/meta')).body;
  const geojson = (await get<GeojsonResponse>('/search?q=tacos&format=geojson&limit=2')).body;
  const { version } = (await get<CurrentFiles>('/data/current.json')).body;
  const places = (await get<Places>(`/data/${version}/places.geojson`)).body;
  return {
    search: {
      hits: search.hits,
      ids: search.trucks.map(({ id }) => id),
      bbox: search.query.bbox,
      open: first.open.state,
      distance: first.distance_m,
      week: first.branches[0]?.week[0],
      highlights: first.highlights.fooditems,
      facet: search.facets.open,
    },
    fault: { status: fault.status, parameters: fault.body.problem.errors.map(({ parameter }) => parameter) },
    truck: { name: truck.name, branches: truck.branches.map(({ lat, lon }) => [lat, lon]) },
    missing: { status: missing.status, type: missing.body.type },
    suggestions: suggest.suggestions.map(({ text, highlight }) => ({ text, highlight })),
    meta: { city: meta.city.name, vendors: meta.counts.vendors, outline: meta.outline[0]?.[0] },
    geojson: geojson.features.map(({ geometry, properties }) => ({
      vendor: properties.vendor,
      coordinates: geometry.coordinates,
    })),
    places: places.features.length,
  };
}
