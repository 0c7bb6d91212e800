import { buildIndex } from '../engine/embedded/build/index-builder.ts';
import { packIndex } from '../engine/embedded/transport/pack-index.ts';
import { RELEASE_FORMAT, type Release } from '../model/release.ts';
import type { Branch, Vendor } from '../model/vendor.ts';

/** Enough vendors for every form of the packed index, and for lists of terms as well as bit slices. */
const VENDORS = 12;
const FOODS = [
  'Tacos',
  'Burritos',
  'Hot Dogs',
  'Coffee',
  'Iced Tea',
  'Noodle Soup',
  'Fried Rice',
  'Phở',
  'Piñata Cake',
];
const STREETS = ['Main', 'Market', 'Mission', 'Mill', 'Hill', 'Lake', 'Bridge'];

function branchOf(vendor: number, nth: number): Branch {
  const start = 540 + (vendor % 5) * 60;
  const isPlanned = vendor % 3 > 0;
  return {
    id: `${vendor}-${nth}`,
    lat: 40 + ((vendor * 7 + nth * 3) % 50) / 1_000,
    lon: -100 + ((vendor * 11 + nth) % 50) / 1_000,
    address: `${vendor * 100 + nth} ${STREETS[(vendor + nth) % STREETS.length]} St`,
    descriptions: [],
    facility: vendor % 4 === 0 ? 'cart' : 'truck',
    status: vendor % 6 === 0 ? 'expired' : 'approved',
    permit: `P${vendor}`,
    permitUrl: `https://town.example/P${vendor}`,
    expires: '2030-01-31',
    area: STREETS[nth] ?? null,
    hours: isPlanned
      ? { source: 'schedule', text: null, week: [[start, start + 480]], complete: true }
      : { source: 'none', text: null, week: [], complete: true },
  };
}

function vendorOf(number: number): Vendor {
  const items = [0, 2, 5].map((step) => FOODS[(number + step) % FOODS.length] as string);
  return {
    id: `v${number}`,
    name: `${STREETS[number % STREETS.length]} ${FOODS[(number * 5) % FOODS.length]}`,
    otherNames: [],
    items,
    pastItems: [],
    searchText: [],
    categories: [number % 2 === 0 ? 'mexican' : 'drinks'],
    drinks: false,
    branches: [0, 1, 2].slice(0, 1 + (number % 3)).map((nth) => branchOf(number, nth)),
  };
}

/**
 * A small packed index of invented vendors. A page's worker unpacks and searches it while the index of the city is on its way, so that the
 * browser has compiled the code when that arrives. The build puts it into the worker's script.
 */
export function warmUpIndex(): Uint8Array {
  const release: Release = {
    format: RELEASE_FORMAT,
    version: 'warm-up',
    origin: 'sample',
    city: {
      id: 'town',
      name: 'Town',
      zone: 'America/Chicago',
      bounds: { west: -101, south: 39, east: -99, north: 41 },
      center: { lat: 40, lon: -100 },
      outline: [],
      // Letters of other alphabets have patterns of their own, which take 20 ms to compile (2026-11-27).
      synonyms: [
        ['pho', 'phở'],
        ['jalapeno', 'jalapeño'],
      ],
      attribution: { text: '', url: '', license: '', licenseUrl: '' },
    },
    asOf: '2026-01-01',
    accounts: [],
    sources: [],
    vendors: Array.from({ length: VENDORS }, (_, number) => vendorOf(number)),
  };
  return packIndex(buildIndex(release));
}
