import type { DataOrigin } from '../functions/model/release.ts';
import type { City } from './city.ts';
import { LoadError } from './load-errors.ts';
import { type AuditedRelease, makeRelease } from './make-release.ts';
import { readAreas } from './record/areas.ts';
import { readAddress } from './source/address.ts';
import { type LoadedSource, readSource, type SourceOptions } from './source/read-source.ts';

/** Name of a source to a path or URL. */
export type SourceAddresses = ReadonlyMap<string, string>;

export type LoadInput = {
  readonly city: City;
  readonly sources: SourceAddresses;
  readonly origin: DataOrigin;
  readonly options: SourceOptions;
};

/** A release with the warnings of its sources. */
export type LoadedData = AuditedRelease;

/** The city's own addresses. */
export function liveSources(city: City): SourceAddresses {
  return new Map(Object.entries(city.sources).map(([name, { url }]) => [name, url]));
}

/**
 * Whether a command may load the city's live data. `--refresh off` forbids downloads; tables that are files of this machine need none.
 * @param refreshMs `null`: `--refresh off`
 */
export function mayLoadLive(city: City, refreshMs: number | null): boolean {
  return refreshMs !== null || Object.values(city.sources).every(({ url }) => readAddress(url).kind === 'file');
}

/**
 * Reads a city's sources and makes a release of them. Permits are required. A live source that only adds to them (the
 * neighbourhoods) may fail: its cached copy is used instead, or it is left out, and `warnings` says so.
 * @throws LoadError when the city has no such source, permits are missing, or a required source cannot be read.
 */
export async function load({ city, sources, origin, options }: LoadInput): Promise<LoadedData> {
  const known = Object.keys(city.sources);
  for (const name of sources.keys()) {
    if (!known.includes(name)) {
      throw new LoadError(`${city.facts.id} has no source "${name}"; it has ${known.join(', ')}`);
    }
  }
  if (!sources.has('permits')) throw new LoadError('a source "permits" is needed: --source permits=PATH_OR_URL');
  const loaded: Record<string, LoadedSource> = {};
  const warnings: string[] = [];
  for (const [name, from] of sources) {
    const isOptional = origin === 'live' && name === 'areas';
    const source = { name, from, paging: pagingOf(city, name, from) };
    try {
      const read = await readSource(source, { ...options, offlineOk: isOptional || options.offlineOk });
      if (isOptional) readAreas(city, read.table);
      loaded[name] = read;
      warnings.push(...read.warnings.map((warning) => `${name}: ${warning}`));
    } catch (error) {
      if (!isOptional || options.signal?.aborted) throw new LoadError((error as Error).message, { cause: error });
      warnings.push(`left out: ${(error as Error).message}`);
    }
  }
  const { permits, schedule = null, areas = null, places = null } = loaded;
  if (!permits) throw new LoadError('permits were not read');
  const readAt = new Date().toISOString();
  try {
    const made = makeRelease(city, { permits, schedule, areas, places }, { origin, readAt });
    return { ...made, warnings: [...warnings, ...made.warnings] };
  } catch (error) {
    throw new LoadError(withAddress((error as Error).message, loaded), { cause: error });
  }
}

/** The record readers know only the source's name; the operator needs the file or URL. */
function withAddress(message: string, loaded: Readonly<Record<string, LoadedSource>>): string {
  return message.replace(/^(\w+): /, (prefix: string, name: string) => {
    const source = loaded[name];
    return source ? `${name} (${source.from})${source.table.shape === 'csv' ? ', line 1' : ''}: ` : prefix;
  });
}

/** The city's file says how to page its own address; for any other, the address itself decides. */
function pagingOf(city: City, name: string, from: string) {
  const spec = city.sources[name];
  return spec?.url === from ? spec.paging : undefined;
}
