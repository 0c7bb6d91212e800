import type { DataOrigin } from '../functions/model/release.ts';
import type { City } from './city.ts';
import { LoadError } from './load-error.ts';
import { type MadeRelease, makeRelease } from './make-release.ts';
import { readAreas } from './record/areas.ts';
import { readSource, type SourceOptions, type SourceRead } from './source/read-source.ts';

/** Which tables to load: name of a source to a path or URL. */
export type SourceAddresses = ReadonlyMap<string, string>;

export type LoadInput = {
  readonly city: City;
  readonly given: SourceAddresses;
  readonly origin: DataOrigin;
  readonly options: SourceOptions;
};

/** A release with what was done with each row, and what an operator should hear of. */
export type LoadedData = MadeRelease & { readonly warnings: readonly string[] };

/** The city's own addresses. */
export function liveSources(city: City): SourceAddresses {
  return new Map(Object.entries(city.sources).map(([name, { url }]) => [name, url]));
}

/**
 * Reads a city's sources and makes a release of them. Permits are needed. Of the live sources, one that only enriches
 * them (the neighbourhoods) may fail or be unreadable: the kept copy stands in, or it is left out, and `warnings` says so.
 * @throws LoadError when a source is not one of the city's, permits are missing, or a given source cannot be read.
 */
export async function load({ city, given, origin, options }: LoadInput): Promise<LoadedData> {
  const known = Object.keys(city.sources);
  for (const name of given.keys()) {
    if (!known.includes(name)) {
      throw new LoadError(`${city.facts.id} has no source "${name}"; it has ${known.join(', ')}`);
    }
  }
  if (!given.has('permits')) throw new LoadError('a source "permits" is needed: --source permits=PATH_OR_URL');
  const reads: Record<string, SourceRead> = {};
  const warnings: string[] = [];
  for (const [name, from] of given) {
    const isOptional = origin === 'live' && name !== 'permits' && name !== 'schedule';
    const source = { name, from, paging: pagingOf(city, name, from) };
    try {
      const read = await readSource(source, { ...options, offlineOk: isOptional });
      if (isOptional && name === 'areas') readAreas(city, read.table);
      reads[name] = read;
      warnings.push(...read.warnings.map((warning) => `${name}: ${warning}`));
    } catch (error) {
      if (!isOptional || options.signal?.aborted) throw new LoadError((error as Error).message, { cause: error });
      warnings.push(`left out: ${(error as Error).message}`);
    }
  }
  const { permits, schedule = null, areas = null } = reads;
  if (!permits) throw new LoadError('permits were not read');
  const readAt = new Date().toISOString();
  try {
    return { ...makeRelease(city, { permits, schedule, areas }, { origin, readAt }), warnings };
  } catch (error) {
    throw new LoadError(withAddress((error as Error).message, reads), { cause: error });
  }
}

/** The readers of records know the source's name; whoever has to correct it wants to know which file it was. */
function withAddress(message: string, reads: Readonly<Record<string, SourceRead>>): string {
  return message.replace(/^(\w+): /, (all, name: string) => {
    const read = reads[name];
    return read ? `${name} (${read.from})${read.table.shape === 'csv' ? ', line 1' : ''}: ` : all;
  });
}

/** The city's file says how its own address is read; of another address its form tells. */
function pagingOf(city: City, name: string, from: string) {
  const spec = city.sources[name];
  return spec?.url === from ? spec.paging : undefined;
}
