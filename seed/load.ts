import type { ReleaseOrigin } from '../functions/model/release.ts';
import type { City } from './city.ts';
import { LoadError } from './load-error.ts';
import { type Made, makeRelease, type SourceReads } from './release.ts';
import { readSource, type SourceOptions, type SourceRead } from './source/source.ts';

/** Which tables to load: name of a source to a path or URL. */
export type Given = ReadonlyMap<string, string>;

export type LoadInput = {
  readonly city: City;
  readonly given: Given;
  readonly origin: ReleaseOrigin;
  readonly options: SourceOptions;
};

/** The city's own addresses. */
export function liveSources(city: City): Given {
  return new Map(Object.entries(city.sources).map(([name, { url }]) => [name, url]));
}

/**
 * Reads a city's sources and makes a release of them. Permits are needed. Of the live sources, one that only enriches
 * them (the neighbourhoods) may fail: the kept copy stands in, or it is left out, and `warnings` says so.
 * @throws LoadError when a source is not one of the city's, permits are missing, or a given source cannot be read.
 */
export async function load({ city, given, origin, options }: LoadInput): Promise<Made & { warnings: string[] }> {
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
    const optional = origin === 'live' && name !== 'permits' && name !== 'schedule';
    try {
      const source = { name, from, paging: pagingOf(city, name, from) };
      const read = await readSource(source, { ...options, offlineOk: optional });
      reads[name] = read;
      warnings.push(...read.warnings.map((warning) => `${name}: ${warning}`));
    } catch (error) {
      if (!optional) throw new LoadError((error as Error).message, { cause: error });
      warnings.push(`${name}: left out: ${(error as Error).message}`);
    }
  }
  const { permits, schedule = null, areas = null } = reads;
  if (!permits) throw new LoadError('permits were not read');
  try {
    return { ...makeRelease(city, { permits, schedule, areas } satisfies SourceReads, origin), warnings };
  } catch (error) {
    throw new LoadError((error as Error).message, { cause: error });
  }
}

/** The city's file says how its own address is read; of another address its form tells. */
function pagingOf(city: City, name: string, from: string) {
  const spec = city.sources[name];
  return spec?.url === from ? spec.paging : undefined;
}
