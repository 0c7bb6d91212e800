import { readFileSync } from 'node:fs';
import { openEmbedded } from '../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../functions/engine/engine.ts';
import { createApp } from '../../functions/http/app.ts';
import type { Release } from '../../functions/model/release.ts';
import { findCity } from '../../seed/find-city.ts';
import { load } from '../../seed/load.ts';
import { sharedData } from '../fixtures/shared-data.ts';
import { areaFinder } from './raw-areas.ts';
import { type RawRow, readRawRows } from './raw-rows.ts';
import { type Foods, VendorSets } from './vendor-sets.ts';

type SnapshotFiles = {
  readonly city: 'san-francisco' | 'vancouver';
  readonly permits: string;
  readonly schedule?: string;
  readonly areas?: true;
  /** A Tuesday of its time, 12:30 in the city. */
  readonly now: string;
};

const AREAS = 'geometry/sf-neighborhoods-analysis.min.geojson';
const SCHEDULE_2017 = 'schedule/schedule-2017-06-4923.csv';
const SCHEDULE_2022 = 'schedule/schedule-2022-01-2809.csv';

/** The shared snapshots by the names that the tables of questions use. */
export const SNAPSHOTS = {
  '2013': sanFrancisco('permits-2013-06-25-711.csv', '2013-06-25T19:30:00Z'),
  '2015': sanFrancisco('permits-2015-05-13-689.csv', '2015-05-12T19:30:00Z'),
  '2017': { ...sanFrancisco('permits-2017-06-19-764.csv', '2017-06-20T19:30:00Z'), schedule: SCHEDULE_2017 },
  '2017-08': { ...sanFrancisco('permits-2017-08-04-740.rows.json', '2017-08-01T19:30:00Z'), schedule: SCHEDULE_2017 },
  '2021': { ...sanFrancisco('permits-2021-12-09-629.csv', '2021-12-07T20:30:00Z'), schedule: SCHEDULE_2022 },
  '2022': { ...sanFrancisco('permits-2022-03-02-487.json', '2022-03-01T20:30:00Z'), schedule: SCHEDULE_2022 },
  '2024': { ...sanFrancisco('permits-2024-08-29-489.csv', '2024-08-27T19:30:00Z'), areas: true },
  vancouver: {
    city: 'vancouver',
    permits: 'other-cities/vancouver-food-vendors-2025-12.csv',
    now: '2025-12-02T20:30:00Z',
  },
} as const satisfies Record<string, SnapshotFiles>;

export type SnapshotName = keyof typeof SNAPSHOTS;

function sanFrancisco(permits: string, now: string) {
  return { city: 'san-francisco', permits: `permits/${permits}`, now } as const;
}

export type OpenSnapshot = {
  readonly release: Release;
  readonly engine: Engine;
  /** The API over the release, at the snapshot's moment. */
  readonly app: ReturnType<typeof createApp>;
  readonly vendors: VendorSets;
  readonly nameOf: ReadonlyMap<string, string>;
};

/** Opens snapshots, each once. */
export class Snapshots {
  readonly #foods: Foods;
  readonly #open = new Map<SnapshotName, Promise<OpenSnapshot>>();

  constructor(foods: Foods) {
    this.#foods = foods;
  }

  open(name: SnapshotName): Promise<OpenSnapshot> {
    const promise = this.#open.get(name) ?? openSnapshot(SNAPSHOTS[name], this.#foods);
    this.#open.set(name, promise);
    return promise;
  }
}

/** Loads a snapshot as the commands do. */
export async function loadSnapshot({ city, permits, schedule, areas }: SnapshotFiles): Promise<Release> {
  const files = { permits, ...(schedule && { schedule }), ...(areas && { areas: AREAS }) };
  const sources = new Map(Object.entries(files).map(([name, file]) => [name, sharedData(file)]));
  const { release } = await load({ city: findCity(city), sources, origin: 'given', options: {} });
  return release;
}

async function openSnapshot(files: SnapshotFiles, foods: Foods): Promise<OpenSnapshot> {
  const release = await loadSnapshot(files);
  const engine = openEmbedded(release);
  const app = createApp({ engine: () => engine, tiles: null, log: () => {}, now: () => Date.parse(files.now) });
  const vendorOf = new Map(release.vendors.flatMap(({ id, branches }) => branches.map((one) => [one.id, id] as const)));
  const rows = new Map<string, RawRow[]>();
  for (const row of readRawRows(sharedData(files.permits), files.schedule && sharedData(files.schedule))) {
    const vendor = vendorOf.get(row.id);
    // Rows without a place are not in a release.
    if (vendor !== undefined) rows.set(vendor, [...(rows.get(vendor) ?? []), row]);
  }
  const areaOf = files.areas ? areaFinder(JSON.parse(readFileSync(sharedData(AREAS), 'utf8'))) : null;
  return {
    release,
    engine,
    app,
    vendors: new VendorSets(rows, foods, ({ place, district }) => (place && areaOf?.(place)) || district),
    nameOf: new Map(release.vendors.map(({ id, name }) => [id, name])),
  };
}
