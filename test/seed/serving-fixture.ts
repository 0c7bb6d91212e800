import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect } from 'vitest';
import { openEmbedded } from '../../functions/engine/embedded/release-engine.ts';
import { swappable } from '../../functions/engine/swappable-engine.ts';
import { createApp } from '../../functions/http/app.ts';
import type { Release } from '../../functions/model/release.ts';
import { pointerStamp, readCurrentRelease } from '../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import type { City } from '../../seed/city.ts';
import { initialRelease, type ServerData } from '../../seed/initial-release.ts';
import { load } from '../../seed/load.ts';
import { followReleases, keepFresh } from '../../seed/refresh-loop.ts';
import { createServedRelease } from '../../seed/served-release.ts';
import { sanFrancisco } from '../fixtures/cities.ts';
import { type CityRow, type CityServer, startCityServer } from './city-server.ts';

/** Waits long: the machine may be busy, and speed is not under test. */
export const eventually = <Value>(value: () => Value) => expect.poll(value, { timeout: 20_000, interval: 20 });

// Created for each test of the importing file.
export let portal: CityServer;
export let ended: Promise<unknown>;
export let directory: string;
export let stop: AbortController;
export let said: string[];
beforeEach(async () => {
  portal = await startCityServer();
  directory = await mkdtemp(`${tmpdir()}/curbside-refresh-`);
  stop = new AbortController();
  said = [];
  ended = Promise.resolve();
});
afterEach(async () => {
  stop.abort();
  await portal.stop();
  await ended;
  await rm(directory, { recursive: true });
});

/** `count` taco vendors with one place each. */
export const vendors = (count: number, more: Record<string, string> = {}): CityRow[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `row-${at}`,
    cells: {
      objectid: String(500 + at),
      applicant: `Vendor ${at}`,
      fooditems: 'Tacos',
      status: 'APPROVED',
      received: '20240829',
      latitude: String(37.75 + at / 10_000),
      longitude: '-122.41',
      ...more,
    },
  }));
export const times = (count: number): CityRow[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `row-${at}`,
    cells: { locationid: String(500 + at), dayorder: '1', start24: '09:00', end24: '17:00' },
  }));
export const SQUARE = {
  type: 'Polygon',
  coordinates: [
    [
      [-122.5, 37.7],
      [-122.36, 37.7],
      [-122.36, 37.84],
      [-122.5, 37.84],
      [-122.5, 37.7],
    ],
  ],
};
export const areas = (properties: object) =>
  Buffer.from(
    JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry: SQUARE }] }),
  );

/** The real city, with its sources at the test's portal. */
export function cityAt({ origin }: CityServer): City {
  const { permits, schedule, areas } = sanFrancisco.sources;
  if (!schedule || !areas) throw new Error('the city lacks a source');
  const path = (url: string) => `${origin}${new URL(url).pathname}`;
  return {
    ...sanFrancisco,
    sources: {
      permits: { ...permits, url: path(permits.url) },
      schedule: { ...schedule, url: path(schedule.url) },
      areas: { ...areas, url: path(areas.url) },
    },
  };
}
export const AREAS_PATH = new URL(sanFrancisco.sources.areas?.url ?? '').pathname;

export function publishCity(count: number, more: Record<string, string> = {}): void {
  portal.publish('rqzj-sfat', vendors(count, more));
  portal.publish('jjew-r69b', times(count));
  portal.publishFile(AREAS_PATH, areas({ nhood: 'Midtown' }), 'application/geo+json');
}

/** Wires the same parts as `functions/server.ts`, with the test's portal and shorter waits. */
export async function startServing({
  everyMs = 30,
  given = {} as Record<string, string>,
  releases = `${directory}/releases`,
} = {}) {
  const serverData: ServerData = {
    city: cityAt(portal),
    givenSources: new Map(Object.entries(given)),
    sampleDirectory: 'seed/sample',
    releases: {
      sink: createDirectorySink(releases),
      stored: () => readCurrentRelease(releases),
      stamp: () => pointerStamp(releases),
    },
    options: { cacheDirectory: `${directory}/downloads`, tries: 1, backoffMs: 1, tryTimeoutMs: 20_000 },
    isLiveAllowed: true,
    load,
    say: (line) => said.push(line),
  };
  const first = await initialRelease(serverData);
  const shown: Release[] = [first];
  const { current, swap } = swappable(openEmbedded(first));
  const served = createServedRelease(first, (release) => {
    swap(openEmbedded(release));
    shown.push(release);
  });
  const app = createApp({ engine: current, tiles: null, log: () => {} });
  const { signal } = stop;
  // A test may start several servers; all of them write below `directory`.
  ended = Promise.all([
    ended,
    keepFresh(serverData, served, { everyMs, signal }),
    serverData.givenSources.size > 0 ? undefined : followReleases(serverData, served, signal),
  ]);
  const search = async () => {
    const response = await app.request('/search?q=tacos&status=any');
    const { hits, locations, meta } = (await response.json()) as {
      hits: number;
      locations: number;
      meta: { data_version: string };
    };
    return { status: response.status, hits, locations, version: meta?.data_version };
  };
  return { shown, served, search };
}

/** Searches until stopped; each answer must be that of one complete release. */
export async function askUntil(
  stopped: AbortSignal,
  { search, shown }: Awaited<ReturnType<typeof startServing>>,
): Promise<number> {
  let answers = 0;
  while (!stopped.aborted) {
    const { status, hits, locations, version } = await search();
    expect(status).toBe(200);
    const release = shown.find((one) => one.version === version);
    const tacos = release?.vendors.filter(({ name, items }) => /taco/i.test([name, ...items].join()));
    expect(hits).toBe(tacos?.length);
    expect(locations).toBe(tacos?.flatMap(({ branches }) => branches).length);
    answers++;
    await sleep(2);
  }
  return answers;
}

export const pointer = () => readFile(`${directory}/releases/current.json`, 'utf8').catch(() => '');
export const failures = () => said.filter((line) => line.startsWith('the data was not loaded'));

/** Stops the server, and keeps the portal. */
export async function stopServing(): Promise<void> {
  stop.abort();
  await ended;
  stop = new AbortController();
}

/** Stops the server and the portal, and starts an empty portal. */
export async function restartWithoutPortal(): Promise<void> {
  await stopServing();
  await portal.stop();
  portal = await startCityServer();
}
