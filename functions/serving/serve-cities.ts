import { setTimeout as sleep } from 'node:timers/promises';
import { LoadError } from '../../seed/load-errors.ts';
import type { EngineSource } from '../engine/engine.ts';
import { type AppDeps, createApp } from '../http/app.ts';
import { type CityApp, createCityRouter } from '../http/city-router.ts';
import type { DeployedCity } from '../http/responses/city-list.ts';
import { cityLinks } from '../model/city-links.ts';
import type { CityPlace, CityPlaces } from './city-places.ts';
import { type CityService, createCityService } from './city-service.ts';
import type { SharedParts } from './open-city.ts';

/** A city that is loaded more slowly than this after the first one is answered with a 503 until it is, milliseconds. */
const START_MS = 10_000;

export type CityServer = {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  /** Loads the first releases. @throws if no city can be answered */
  readonly open: () => Promise<void>;
  /** Keeps all data fresh. Ends when the signal aborts. */
  readonly follow: (signal: AbortSignal) => Promise<unknown>;
};

export type CityServerInput = {
  readonly places: CityPlaces;
  readonly parts: SharedParts;
  /** What the app of a city needs besides its data. */
  readonly appOf: (place: CityPlace) => Omit<AppDeps, 'engine' | 'files' | 'notes'>;
  readonly say: (line: string) => void;
};

/** Serves the cities of a process, each by an app of its own. A single city is served as if there were no others. */
export function createCityServer({ places, parts, appOf, say }: CityServerInput): CityServer & {
  readonly engines: ReadonlyMap<string, EngineSource>;
} {
  const isAlone = places.length === 1;
  const serve = (place: CityPlace): CityService => {
    const { id } = place.city.facts;
    return createCityService(place, parts, {
      say: isAlone ? say : (line) => say(`${id}: ${line}`),
      createFetch: ({ engine, files, notes }): CityApp['fetch'] =>
        createApp({
          ...appOf(place),
          ...(isAlone ? {} : among(place)),
          engine,
          files,
          notes: place.root === '/' ? () => services.flatMap((service) => service.notes()) : notes,
        }).fetch,
    });
  };
  const [firstPlace, ...otherPlaces] = places;
  const first = serve(firstPlace);
  const others = otherPlaces.map(serve);
  const services = [first, ...others];

  /** What an app says about the other cities. */
  function among({ root }: CityPlace): Pick<AppDeps, 'root' | 'cities' | 'cityLinks'> {
    const links = cityLinks(
      places.map((one) => ({ facts: one.city.facts, root: one.root })),
      root,
    );
    const cities = services.map(
      ({ place, engine }, at): DeployedCity => ({
        facts: place.city.facts,
        page: links[at]?.page ?? './',
        engine,
      }),
    );
    return { root, cities, cityLinks: links };
  }

  return {
    fetch: isAlone ? first.fetch : createCityRouter(first, others),
    engines: new Map(services.map(({ id, engine }) => [id, engine])),
    open: () => openAll(services),
    follow: (signal) => Promise.all(services.map((service) => service.follow(signal))),
  };
}

async function openAll(services: readonly CityService[]): Promise<void> {
  const [only, ...others] = services;
  if (only && others.length === 0) return only.open();
  const openings = services.map((service) => service.open());
  const all = Promise.allSettled(openings);
  // Without any city that can be answered, there is nothing to serve.
  await Promise.any(openings).catch(({ errors }: AggregateError) => {
    const reasons = errors.map((error: Error, at) => `${services[at]?.id}: ${error.message}`);
    throw new LoadError(`no city can be served\n${reasons.join('\n')}`);
  });
  await Promise.race([all, sleep(START_MS, undefined, { ref: false })]);
}
