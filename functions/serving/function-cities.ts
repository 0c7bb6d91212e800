import { LoadError } from '../../seed/load-errors.ts';
import type { EngineInfo, EngineSource } from '../engine/engine.ts';
import { createApp } from '../http/app.ts';
import { type CityApp, createCityRouter } from '../http/city-router.ts';
import type { RequestObserver } from '../http/middleware/request-record.ts';
import { pathnameOf } from '../http/params/url-parts.ts';
import type { DeployedCity } from '../http/responses/city-list.ts';
import { cityLinks, rootOf } from '../model/city-links.ts';
import { byCodePoint } from '../model/comparators.ts';
import { lastReadAt } from '../model/release.ts';
import type { ReleasePoller } from '../releases/poller.ts';
import type { ListedCity } from './city-list-file.ts';
import { cityWithoutData } from './city-without-data.ts';
import { appDepsOf, type Fetch, type FunctionCity, type FunctionParts, openFunctionCity } from './function-city.ts';

type AnsweringCity = ReturnType<typeof cityWithoutData>;

/** One of several cities of a function. */
type CityService = Pick<FunctionCity, 'about'> & {
  readonly id: string;
  /** The path of its map page, with slashes at both ends. */
  readonly root: string;
  /** As its data says, once it has some. */
  readonly facts: DeployedCity['facts'];
  /** What answers requests: always one of two objects, with data or without. */
  readonly answering: () => AnsweringCity;
  readonly engine: EngineSource;
  readonly poller: ReleasePoller;
  readonly log: FunctionParts['log'];
};

/**
 * Serves several cities, each by an app of its own, as a server does. A request waits for the data of its own city only; the data of the
 * first one is also read when the function starts.
 * @throws Error if RELEASES_BUCKET is not set
 */
export async function serveFunctionCities(parts: FunctionParts): Promise<Fetch> {
  const { config, listed, log } = parts;
  const { cities: ids } = config;
  const unknown = ids.filter((id) => !listed.some((city) => city.id === id));
  if (unknown.length > 0) log('cities', { warning: `cities.json has no city ${unknown.join(', ')}` });
  const [first, ...others] = ids;
  const services: readonly [CityService, ...CityService[]] = [
    await openService(parts, first, true),
    ...(await Promise.all(others.map((id) => openService(parts, id, false)))),
  ];
  await services[0].poller.start();
  const [firstApp, ...otherApps] = services.map((service): CityApp => {
    const fetch = fetchOf(service, services, parts);
    return { id: service.id, fetch: afterLook(service, services, fetch) };
  });
  return createCityRouter(firstApp as CityApp, otherApps);
}

async function openService(parts: FunctionParts, id: string, isFirst: boolean): Promise<CityService> {
  const log: FunctionParts['log'] = (event, fields) => parts.log(event, { city: id, ...fields });
  const bundled = parts.bundled?.about.city.id === id ? parts.bundled : undefined;
  const city = openFunctionCity({ ...parts, bundled, log }, id, isFirst);
  const { poller } = city;
  if (!poller)
    throw new Error(`one of several cities needs RELEASES_BUCKET, and CITY names ${parts.config.cities.join(', ')}`);
  const facts = listedFacts(parts.listed, id);
  const withData: AnsweringCity = { ...city, engine: await city.connect() };
  // A failed look may name what is not public.
  const withoutData = cityWithoutData(facts, () => poller.failure() ?? new LoadError('none has been published'));
  const answering = () => (city.about() || parts.config.cluster ? withData : withoutData);
  return {
    id,
    root: rootOf(id, isFirst),
    get facts() {
      return city.about()?.city ?? facts;
    },
    about: city.about,
    poller,
    answering,
    engine: (caller) => answering().engine(caller),
    log,
  };
}

/** What the list says about a city. One that it does not have may be anywhere. */
function listedFacts(listed: readonly ListedCity[], id: string): DeployedCity['facts'] {
  const bounds = { west: -180, south: -90, east: 180, north: 90 };
  return listed.find((city) => city.id === id) ?? { id, name: id, bounds, center: { lat: 0, lon: 0 } };
}

/** Answers with one app while a city has no data, and with another one then: an app keeps its files. */
function fetchOf(service: CityService, all: readonly CityService[], parts: FunctionParts): Fetch {
  const { id, root, log } = service;
  const isFirst = root === '/';
  const links = cityLinks(all, root);
  const cities = all.map((one, at) => deployedCity(one, links[at]?.page ?? './'));
  const observe = parts.observerOf(id);
  const notesOf = isFirst ? all : [service];
  const apps = new Map<AnsweringCity, Fetch>();
  const create = ({ engine, files }: AnsweringCity): Fetch =>
    createApp({
      ...appDepsOf({ ...parts, log }, id),
      engine,
      files,
      notes: () => notesOf.flatMap(({ answering }) => answering().notes()),
      onRequestDone: observe && isFirst ? withOldestAge(observe, all) : observe,
      root,
      cityLinks: links,
      cities,
    }).fetch;
  return (request) => {
    const city = service.answering();
    const fetch = apps.get(city) ?? create(city);
    apps.set(city, fetch);
    return fetch(request);
  };
}

function deployedCity(service: CityService, page: string): DeployedCity {
  return {
    get facts() {
      return service.facts;
    },
    page,
    engine: service.engine,
  };
}

/** Looks for newer data of a city before it answers, and of all cities before an answer about all of them. */
function afterLook({ root, poller }: CityService, all: readonly CityService[], fetch: Fetch): Fetch {
  return async (request) => {
    const path = pathnameOf(request.url);
    const isAboutAll = path === `${root}cities` || (root === '/' && path === '/readyz');
    await (isAboutAll ? Promise.all(all.map((service) => service.poller.look())) : poller.look());
    return fetch(request);
  };
}

/** Reports `/readyz`, which is about all cities, with the age of the oldest data: an alarm depends on it. */
function withOldestAge(observe: RequestObserver, all: readonly CityService[]): RequestObserver {
  return (record, request) => {
    if (record.route !== '/readyz') return observe(record, request);
    const [oldest] = all
      .map(({ about }): EngineInfo['sources'] => about()?.sources ?? [])
      .filter(({ length }) => length > 0)
      .sort((a, b) => byCodePoint(lastReadAt(a), lastReadAt(b)));
    return observe({ ...record, sources: oldest ?? record.sources }, request);
  };
}
