import { RELEASE_FORMAT, type Release } from '../functions/model/release.ts';
import type { Branch, Vendor } from '../functions/model/vendor.ts';

/** A branch of the town: at `east`,`north` metres from the town's well, approved, of unknown hours. */
export function branch(id: string, east: number, north: number, more: Partial<Branch> = {}): Branch {
  return {
    id,
    lat: WELL.lat + north / 111_195,
    lon: WELL.lon + east / (111_195 * Math.cos((WELL.lat * Math.PI) / 180)),
    address: '1 WELL ST',
    facility: 'truck',
    status: 'approved',
    permit: `P-${id}`,
    permitUrl: `https://town.example/permits/${id}`,
    expires: '2027-11-15',
    area: null,
    hours: { source: 'none', text: null, week: [], complete: true },
    ...more,
  };
}

export function vendor(name: string, items: string[], branches: Branch[], more: Partial<Vendor> = {}): Vendor {
  return {
    id: name.toLowerCase().replace(/[^a-z]+/g, '-'),
    name,
    otherNames: [],
    items,
    searchText: [],
    categories: [],
    drinks: false,
    branches,
    ...more,
  };
}

/** The middle of the town, where every distance of the tests is measured from. */
export const WELL = { lat: 40, lon: -100 };

/** An invented town: names say what each vendor is there to show. */
export function town(vendors: Vendor[] = TOWN_VENDORS): Release {
  return {
    format: RELEASE_FORMAT,
    version: '2026-09-01-town',
    origin: 'given',
    city: {
      id: 'town',
      name: 'Town',
      zone: 'America/Chicago',
      bounds: { west: -101, south: 39, east: -99, north: 41 },
      center: WELL,
      outline: [],
      synonyms: [],
      attribution: {
        text: 'Town',
        url: 'https://town.example',
        license: 'CC0',
        licenseUrl: 'https://town.example/cc0',
      },
    },
    asOf: '2026-09-01',
    accounts: [{ name: 'permits', rowsIn: 9, kept: 9, dropped: {} }],
    sources: [{ name: 'permits', from: 'town.csv', fetchedAt: '2026-09-02T10:00:00Z' }],
    vendors,
  };
}

const TOWN_VENDORS: Vendor[] = [
  vendor(
    'Taco by the Well',
    ['Tacos', 'Burritos', 'Horchata'],
    [
      branch('well-1', 100, 0, {
        hours: { source: 'schedule', text: 'Mo-Fr:11AM-2PM', week: [[660, 840]], complete: true },
        area: 'Old Town',
      }),
      branch('well-2', 3000, 0, { address: '90 01ST ST' }),
    ],
  ),
  vendor('Far Tacos', ['tacos'], [branch('far-1', 0, 9000)]),
  vendor('Expired Tacos', ['tacos'], [branch('expired-1', 50, 0, { status: 'expired' })]),
  vendor('Crème Brûlée Cart', ['Crème brûlée'], [branch('creme-1', 0, 400, { facility: 'push_cart' })]),
  vendor('Brew Cold', ['Coffee', 'Soda'], [branch('cold-1', -700, 0, { address: null, permitUrl: null })], {
    drinks: true,
  }),
  vendor('Papa’s Hot Dogs', ['Hot dogs'], [branch('dog-1', -100, -100), branch('dog-2', 100, -100)]),
];
