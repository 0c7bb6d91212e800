import type { EngineInfo } from '../../engine/engine.ts';
import { filterValuesOf } from '../../model/filter-values.ts';
import { NO_DATA_WORDS } from '../../model/text/parsed-query.ts';
import type { Vendor } from '../../model/vendor.ts';
import { parseSearchRequest } from '../params/search-request.ts';
import { calendar } from '../responses/calendar/calendar.ts';
import { citiesResponse, cityEntry } from '../responses/city-list.ts';
import { placesCsv, searchCsv } from '../responses/csv.ts';
import { geojsonParts, placeFeature } from '../responses/geojson.ts';
import { placesOf } from '../responses/places.ts';
import { searchResponse } from '../responses/search-objects.ts';
import type { ExecutedSearch, SearchResponseContext } from '../responses/search-response.ts';
import { metaResponse } from '../routes/meta.ts';
import { suggestResponse } from '../routes/suggest.ts';
import { truckDetailsResponse } from '../routes/trucks.ts';
import type { GeojsonResponse } from './schemas/geojson.ts';

const VENDOR: Vendor = {
  id: 'corner-tacos-1f3a',
  name: 'Corner Tacos',
  otherNames: [],
  items: ['Tacos', 'Burritos'],
  pastItems: [],
  searchText: [],
  categories: ['mexican'],
  drinks: false,
  branches: [
    {
      id: '1001',
      lat: 10.5,
      lon: 20.25,
      address: '1 EXAMPLE ST',
      descriptions: ['EXAMPLE ST: FIRST ST to SECOND ST'],
      facility: 'truck',
      status: 'approved',
      permit: '26MFF-00001',
      permitUrl: 'https://example.org/permits/1001',
      expires: '2026-11-15',
      area: null,
      hours: {
        source: 'schedule',
        text: 'Mo-Fr:11AM-2PM',
        week: [0, 1, 2, 3, 4].map((day) => [day * 1440 + 660, day * 1440 + 840]),
        complete: true,
      },
    },
  ],
};

const ABOUT: EngineInfo = {
  version: '2026-09-21-ab12cd34',
  asOf: '2026-09-21',
  origin: 'live',
  sources: [{ name: 'permits', from: 'https://example.org/permits.json', fetchedAt: '2026-09-22T06:00:00.000Z' }],
  accounts: [{ name: 'permits', rowsIn: 2, kept: 1, dropped: { no_place: 1 } }],
  city: {
    id: 'example',
    name: 'Example',
    zone: 'UTC',
    bounds: { west: 20, south: 10, east: 21, north: 11 },
    center: { lat: 10.5, lon: 20.5 },
    outline: [
      [
        { lat: 10, lon: 20 },
        { lat: 11, lon: 20 },
        { lat: 11, lon: 21 },
        { lat: 10, lon: 20 },
      ],
    ],
    attribution: {
      text: 'City of Example',
      url: 'https://example.org',
      license: 'CC0',
      licenseUrl: 'https://example.org/cc0',
    },
    reportUrl: 'https://example.org/report',
    synonyms: [],
  },
  vendors: 1,
  branches: 1,
  words: NO_DATA_WORDS,
  values: filterValuesOf([VENDOR]),
};

/** One response of each kind, built from an invented vendor by the same code as real responses. */
export function exampleResponses() {
  const now = Date.parse('2026-09-22T12:15:00Z');
  const request = parseSearchRequest(new URLSearchParams('q=taco&lat=10.5&lon=20.25&facets=category'), ABOUT, now);
  const context: SearchResponseContext = {
    request,
    about: ABOUT,
    engine: 'embedded',
    now,
  };
  const branches = VENDOR.branches.map((branch) => ({ branch, distanceMetres: 0 }));
  const key = { score: 2.7, distanceMetres: 0, name: 'corner tacos', id: VENDOR.id };
  const result = {
    vendors: 1,
    branches: 1,
    hits: [{ vendor: VENDOR, branches, score: key.score, key }],
    more: false,
    facets: { category: [{ value: 'mexican', count: 1 }] },
  };
  const search: ExecutedSearch = { query: request.query, result, relaxed: [] };
  const places = placesOf(result);
  const { city, version } = ABOUT;
  const links = { self: '/search?q=taco&lat=10.5&lon=20.25&format=geojson', next: () => '' };
  return {
    search: searchResponse(search, context),
    geojson: JSON.parse([...geojsonParts(search, context, links)].join('')) as GeojsonResponse,
    csv: [...searchCsv(places, request.moment, city.zone)].join('').replace(/^\ufeff/, ''),
    ics: [...calendar(places, { name: 'taco: Example', warnings: [] }, context)].join(''),
    truck: truckDetailsResponse(VENDOR, new URLSearchParams(), context),
    suggest: suggestResponse([{ type: 'food', text: 'tacos', count: 1 }], {
      query: { text: 'tac', limit: 8, status: 'approved' },
      warnings: [],
      version,
    }),
    meta: metaResponse(context, { tiles: null, cityLinks: undefined }),
    health: {
      status: 'ok',
      engine: { name: 'embedded', up: true, fallback: false },
      release: { version, origin: 'live', age_seconds: 22_500 },
    },
    ready: { status: 'ok', version, notes: [], cities: [{ id: city.id, version }] },
    cities: citiesResponse([cityEntry(city, './', ABOUT)]),
    debug: { status: 'success', msg: `embedded ${city.id} ${version}: 1 vendors, 1 locations` },
    currentFiles: {
      version,
      files: [
        { name: 'places.csv', type: 'text/csv; charset=utf-8; header=present', href: `/data/${version}/places.csv` },
      ],
    },
    places: { type: 'FeatureCollection', features: places.map(placeFeature), attribution: city.attribution },
    placesCsv: [...placesCsv(places)].join('').replace(/^\ufeff/, ''),
  };
}
