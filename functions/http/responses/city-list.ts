import type { Engine, EngineInfo, EngineSource } from '../../engine/engine.ts';
import type { CityFacts } from '../../model/release.ts';
import type { CitiesResponse, CityEntry } from '../openapi/schemas/city-entry.ts';
import { type CityRelease, readyRelease } from '../routes/engine-state.ts';

/** A city of this deployment. */
export type DeployedCity = {
  readonly facts: Pick<CityFacts, 'id' | 'name' | 'center' | 'bounds'>;
  /** The address of its map page, relative to the map page of the city that answers. */
  readonly page: string;
  readonly engine: EngineSource;
};

/** The city of an engine that is alone. @throws EngineError */
export async function onlyCity(engine: Engine): Promise<DeployedCity> {
  return { facts: (await engine.about()).city, page: './', engine: () => engine };
}

/** Builds the JSON of `/cities`. */
export function citiesResponse(cities: CityEntry[]): CitiesResponse {
  return { cities };
}

/** A city in `/cities`. @param about its data; `null` if it has none */
export function cityEntry(
  { id, name, center, bounds }: DeployedCity['facts'],
  page: string,
  about: EngineInfo | null,
): CityEntry {
  return {
    id,
    name,
    page,
    center,
    bounds,
    counts: about && { vendors: about.vendors, branches: about.branches },
    data_version: about?.version ?? null,
    as_of: about?.asOf ?? null,
    origin: about?.origin ?? null,
  };
}

/** All cities as `/cities` lists them. One that cannot be answered delays no other. */
export function cityEntries(cities: readonly DeployedCity[]): Promise<CityEntry[]> {
  return Promise.all(
    cities.map(async ({ facts, page, engine }) =>
      cityEntry(
        facts,
        page,
        await engine()
          .about()
          .catch(() => null),
      ),
    ),
  );
}

/** The release of each city as `/readyz` lists them; `null` for a city that cannot be answered. */
export function cityReleases(cities: readonly DeployedCity[]): Promise<CityRelease[]> {
  return Promise.all(
    cities.map(async ({ facts: { id }, engine }) => readyRelease(engine()).catch(() => ({ id, version: null }))),
  );
}
