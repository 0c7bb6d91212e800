import createClient from 'openapi-fetch';
import type { paths } from './curbside.d.ts';

const api = createClient<paths>({ baseUrl: process.argv[2] ?? '' });

const search = await api.GET('/search', {
  params: {
    query: {
      q: 'tacos',
      bbox: [-122.52, 37.7, -122.35, 37.83],
      category: ['mexican'],
      exclude: ['peanuts', 'hot dogs'],
      open_at: 'wed12:15',
      facets: ['category', 'open'],
      limit: 3,
    },
  },
});
// The type of the body is a union: of the formats, and of whole trucks and those with `fields`.
if (typeof search.data !== 'object' || !('trucks' in search.data)) throw new Error('the search failed');
const { hits, trucks, query, facets } = search.data;
const [first] = trucks;

// @ts-expect-error: the types list the values of `sort`.
await api.GET('/search', { params: { query: { q: 'tacos', sort: 'hash' } } });

const fault = await api.GET('/search', { params: { query: { q: 'tacos', lat: 91, lon: 0 } } });
if (!fault.error || !('problem' in fault.error)) throw new Error('a latitude of 91 was accepted');

const truck = await api.GET('/trucks/{id}', { params: { path: { id: first?.id ?? '' } } });
const missing = await api.GET('/trucks/{id}', { params: { path: { id: 'nobody' } } });
const suggest = await api.GET('/suggest', { params: { query: { q: 'tac', limit: 3 } } });
const meta = await api.GET('/meta');
const geojson = await api.GET('/search', { params: { query: { q: 'tacos', format: 'geojson', limit: 2 } } });
if (typeof geojson.data !== 'object' || !('features' in geojson.data)) throw new Error('the GeoJSON failed');
const current = await api.GET('/data/current.json');
const places = await api.GET('/data/{version}/places.geojson', {
  params: { path: { version: current.data?.version ?? '' } },
});

const answers = {
  search: {
    hits,
    ids: trucks.map(({ id }) => id),
    bbox: query.bbox,
    open: first?.open?.state,
    distance: first?.distance_m,
    week: first?.branches?.[0]?.week[0],
    highlights: first?.highlights?.fooditems,
    facet: facets.open,
  },
  fault: {
    status: fault.response.status,
    parameters: fault.error.problem.errors.map(({ parameter }) => parameter),
  },
  truck: { name: truck.data?.truck.name, branches: truck.data?.truck.branches.map(({ lat, lon }) => [lat, lon]) },
  missing: { status: missing.response.status, type: missing.error?.type },
  suggestions: suggest.data?.suggestions.map(({ text, highlight }) => ({ text, highlight })),
  meta: { city: meta.data?.city.name, vendors: meta.data?.counts.vendors, outline: meta.data?.outline[0]?.[0] },
  geojson: geojson.data.features.map(({ geometry, properties }) => ({
    vendor: properties.vendor,
    coordinates: geometry.coordinates,
  })),
  places: places.data?.features.length,
};
console.log(JSON.stringify(answers));
